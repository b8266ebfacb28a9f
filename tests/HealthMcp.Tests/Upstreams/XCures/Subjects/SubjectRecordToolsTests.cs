using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.XCures.Subjects;

public sealed class SubjectRecordToolsTests
{
    [Fact]
    public async Task A_subject_is_read_with_the_state_of_its_concepts()
    {
        await using var world = await PeopleWorld.StartAsync(PeopleWorld.Identified);

        var reply = await world.CallAsync("get_subject", $$"""{"subject":"{{await world.SubjectAsync()}}"}""");

        reply.Data.GetProperty("subject").GetProperty("lastName").GetString().ShouldBe("Jones");
        reply.Data.GetProperty("clinicalConcepts").GetProperty("loaded").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task By_default_nothing_that_identifies_comes_out()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = $$"""{"subject":"{{await world.SubjectAsync()}}"}""";

        var replies = new[] { await world.CallAsync("get_subject", subject), await world.CallAsync("get_subject_summary", subject) };

        replies[0].Data.GetProperty("subject").GetProperty("birthDate").GetString().ShouldBe("1971");
        foreach (var reply in replies)
        {
            reply.IsError.ShouldBeFalse(reply.Text);
            foreach (var word in new[] { "Marissa", "Jones", "1971-06" }) reply.Text.ShouldNotContain(word);
        }
    }

    [Fact]
    public async Task The_record_comes_also_where_the_state_cannot_be_asked()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = await world.SubjectAsync();
        world.Sandbox.Faults.Next("xcures", $"GET {PeopleWorld.Registry}/subject/{{id}}/status/clinical-concepts", Fault.Status(404));

        var reply = await world.CallAsync("get_subject", $$"""{"subject":"{{subject}}"}""");

        reply.Data.GetProperty("clinicalConcepts").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        reply.Notices.ShouldContain(notice => notice.Contains("could not be checked"));
    }

    [Fact]
    public async Task An_error_that_says_success_is_not_a_subject()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = await world.SubjectAsync();
        world.Sandbox.Faults.Next("xcures", $"GET {PeopleWorld.Registry}/subject/{{id}}", Fault.ErrorBodyWithSuccess());

        (await world.CallAsync("get_subject", $$"""{"subject":"{{subject}}"}""")).ErrorCode.ShouldBe("upstream_not_json");
    }

    [Fact]
    public async Task A_summary_names_its_documents_and_an_empty_one_says_so()
    {
        await using var world = await PeopleWorld.StartAsync(PeopleWorld.Identified);
        var full = await world.CallAsync("get_subject_summary", $$"""{"subject":"{{await world.SubjectAsync()}}"}""");
        var made = await world.WriteAsync("create_subjects", """{"subjects":[{"firstName":"Ann","lastName":"Example"}]}""");
        var empty = await world.CallAsync("get_subject_summary", $$"""{"subject":"{{made.Data.GetProperty("subjects")[0].GetProperty("id")}}"}""");

        full.Data.GetProperty("overview").GetString()!.ShouldContain("Malignant neoplasm");
        full.Data.GetProperty("referencedDocuments")[0].GetProperty("documentId").GetString().ShouldStartWith("doc_");
        empty.Notices.ShouldContain(notice => notice.StartsWith("xCures has no summary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_persons_own_record_is_read_before_the_prose_about_her()
    {
        const string Id = "11111111-1111-4111-8111-111111111111";
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", $"{XCuresHarness.Subjects}/{Id}", XCuresHarness.Subject(Id, "Marissa", "Jones"));
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/summary/subject/{Id}", """{"overview":"Jones is well.","referencedDocuments":[]}""");
        var tool = xcures.Named("get_subject_summary");
        var call = ToolCalls.Context(tool);

        await ToolCalls.RunAsync<UpstreamResult>(tool, $$"""{"subject":"{{Id}}"}""", call);

        call.Read.All.ShouldContain(read => read.Shape == "xcures.subject");
    }

    [Fact]
    public async Task Where_summaries_are_off_the_answer_says_what_to_read_instead()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = await world.SubjectAsync();
        world.Sandbox.Faults.Next("xcures", $"GET {PeopleWorld.Registry}/summary/subject/{{subjectId}}", Fault.Status(403));

        var reply = await world.CallAsync("get_subject_summary", $$"""{"subject":"{{subject}}"}""");

        reply.ErrorCode.ShouldBe("upstream_forbidden");
        reply.Text.ShouldContain("get_clinical_concepts");
    }
}
