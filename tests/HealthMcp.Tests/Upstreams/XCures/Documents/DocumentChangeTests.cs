using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures.Documents;

/// <summary>Changes of a document's record and its publication: what they tell, and what becomes of them when an answer is lost.</summary>
public sealed class DocumentChangeTests
{
    private const string Id = "22222222-2222-4222-8222-222222222222";
    private const string Subject = "11111111-1111-4111-8111-111111111111";
    private const string Path = $"{XCuresHarness.Registry}/document/{Id}";
    private const string Reciprocity = $"{Path}/reciprocity";

    [Theory]
    [InlineData("\"documentDate\":\"1971-06-29\"", "\"documentDate\":\"1971-06-30\"")]
    [InlineData("\"documentName\":\"Note of Marissa Jones\"", "\"documentName\":\"Note of Melissa Jones\"")]
    public async Task A_preview_does_not_tell_whether_a_withheld_value_was_guessed(string right, string wrong)
    {
        var xcures = Holding();
        var (one, other) = (await PlanAsync(xcures, right), await PlanAsync(xcures, wrong));

        one.Says.ShouldBe(other.Says);
        one.Warnings.ShouldBe(other.Warnings);
        one.Preview.ToArray().ShouldBe(other.Preview.ToArray());
    }

    [Fact]
    public async Task Who_sees_all_values_is_told_that_nothing_would_change()
    {
        var xcures = Holding();
        var update = xcures.Named("update_document");

        var plan = await RunAsync<WritePlan>(
            update, $$"""{"documentId":"{{Id}}","documentDate":"1971-06-29"}""", Context(update, Level.Identified));

        plan.Warnings.ShouldHaveSingleItem().ShouldContain("holds these values already");
    }

    // There is no version: a second send would put back what somebody else has changed after the first.
    [Theory]
    [InlineData(true, null)]
    [InlineData(false, FailureCodes.InDoubt)]
    public async Task A_change_whose_answer_is_lost_is_sent_once_and_settled_by_reading(bool stored, string? code)
    {
        var after = new XCuresHarness();
        after.Upstream.Once("GET", Path, _ => ScriptedUpstream.Json(Document("Old")));
        after.Upstream.On("GET", Path, Document(stored ? "New" : "Old"));
        after.Upstream.On("GET", $"{XCuresHarness.Subjects}/{Subject}", Person);
        after.Upstream.On("PUT", Path, _ => ScriptedUpstream.Json("{}", 503));
        var plan = await PlanAsync(after, "\"documentName\":\"New\"");

        var sent = async () => (UpstreamResult)await plan.Execute(Guid.Empty, default);
        if (code is null) (await sent()).Write!.Status.ShouldBe("already_written");
        else (await Should.ThrowAsync<CallFailureException>(sent)).Code.ShouldBe(code);
        after.Upstream.Sent.Count(request => request.Method == "PUT").ShouldBe(1);
    }

    [Theory]
    [InlineData("publish_document", "PUT", ",\"templateId\":\"33333333-3333-4333-8333-333333333333\"")]
    [InlineData("unpublish_document", "DELETE", "")]
    public async Task A_publication_whose_answers_are_lost_is_in_doubt_and_not_a_failure(string name, string method, string more)
    {
        var xcures = Holding();
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/reciprocity-template", """[{"id":"33333333-3333-4333-8333-333333333333","name":"T"}]""");
        xcures.Upstream.On(method, Reciprocity, _ => ScriptedUpstream.Json("{}", 503));
        var plan = await RunAsync<WritePlan>(xcures.Named(name), $$"""{"documentId":"{{Id}}"{{more}}}""");

        var failure = await Should.ThrowAsync<CallFailureException>(() => plan.Execute(Guid.Empty, default));

        failure.Code.ShouldBe(FailureCodes.InDoubt);
        failure.Message.ShouldContain("publish");
    }

    [Theory]
    [InlineData("get_document", "\"documentId\":\"" + Id + "\",\"content\":\"none\"")]
    [InlineData("update_document", "\"documentId\":\"" + Id + "\",\"documentName\":\"New\"")]
    [InlineData("unpublish_document", "\"documentId\":\"" + Id + "\"")]
    [InlineData("search_documents", "\"subject\":\"" + Subject + "\"")]
    public async Task The_persons_own_record_is_read_before_the_name_of_a_document_is_shown(string name, string arguments)
    {
        var xcures = Holding();
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/document", XCuresHarness.Page(1, Document("Old")));
        var tool = xcures.Named(name);
        var call = Context(tool);

        await RunAsync<ToolOutcome>(tool, $"{{{arguments}}}", call);

        call.Read.All.ShouldContain(read => read.Shape == "xcures.subject");
    }

    private static Task<WritePlan> PlanAsync(XCuresHarness xcures, string change) =>
        RunAsync<WritePlan>(xcures.Named("update_document"), $$"""{"documentId":"{{Id}}",{{change}}}""");

    private static XCuresHarness Holding()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", Path, Document("Note of Marissa Jones"));
        xcures.Upstream.On("GET", $"{XCuresHarness.Subjects}/{Subject}", Person);
        return xcures;
    }

    private static string Person => XCuresHarness.Subject(Subject, "Marissa", "Jones");

    private static string Document(string name) =>
        $$"""{"id":"{{Id}}","subjectId":"{{Subject}}","documentName":"{{name}}","documentDate":"1971-06-29T00:00:00.000Z","updated":"2026-01-01T00:00:00Z"}""";
}
