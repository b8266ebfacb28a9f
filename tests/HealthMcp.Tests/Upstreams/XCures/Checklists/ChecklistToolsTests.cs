using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures.Checklists;

public sealed class ChecklistToolsTests(XCuresWorld world) : IClassFixture<XCuresWorld>
{
    private const string Feedback = "POST /api/v1/patient-registry/checklist/{checklistId}/item/{checklistItemId}/feedback";
    private const string Id = "22222222-2222-4222-8222-222222222222";

    [Fact]
    public async Task A_checklist_is_answered_with_reasons_and_sources_and_without_names()
    {
        var (checklist, _) = await FirstAsync();
        var reply = await world.CallAsync("evaluate_checklist", $$"""{"subject":"<subject>","checklistId":"{{checklist}}","max_bytes":60000}""");

        reply.Data.GetProperty("evaluation").GetProperty("eligibilitySatisfied").GetBoolean().ShouldBeTrue();
        var first = reply.Data.GetProperty("items")[0];
        first.GetProperty("meetsCriteria").GetBoolean().ShouldBeTrue();
        first.GetProperty("answer").GetString().ShouldBe("Yes");
        first.GetProperty("justification").GetString()!.ShouldContain("Malignant neoplasm");
        first.GetProperty("clinicalConcepts")[0].GetProperty("clinicalConceptId").GetString()!.ShouldStartWith("cc_");
        first.GetProperty("documentSections")[0].GetProperty("documentId").GetString()!.ShouldStartWith("doc_");
        foreach (var word in new[] { "Marissa", "Jones" }) reply.Text.ShouldNotContain(word);
    }

    [Fact]
    public async Task The_concepts_and_documents_that_an_answer_rests_on_can_be_read()
    {
        var (checklist, _) = await FirstAsync();
        var evaluated = await world.CallAsync("evaluate_checklist", $$"""{"subject":"<subject>","checklistId":"{{checklist}}","max_bytes":60000}""");
        var item = evaluated.Data.GetProperty("items")[0];
        var concept = item.GetProperty("clinicalConcepts")[0];
        var read = await world.CallAsync(
            "get_clinical_concepts",
            $$"""{"subject":"<subject>","kinds":["{{concept.GetProperty("entityType")}}"],"id":"{{concept.GetProperty("clinicalConceptId")}}"}""");
        var document = await world.CallAsync(
            "get_document", $$"""{"documentId":"{{item.GetProperty("documentSections")[0].GetProperty("documentId")}}"}""");

        read.IsError.ShouldBeFalse(read.Text);
        document.IsError.ShouldBeFalse(document.Text);
    }

    [Fact]
    public async Task Somebody_without_records_meets_nothing_and_it_is_said_that_they_are_not_prepared()
    {
        var (checklist, _) = await FirstAsync();
        var subject = (await world.CallAsync("search_subjects", """{"firstName":"Robert","lastName":"Chen"}""")).First.GetProperty("id").GetString();
        var reply = await world.CallAsync("evaluate_checklist", $$"""{"subject":"{{subject}}","checklistId":"{{checklist}}"}""");

        reply.Data.GetProperty("evaluation").GetProperty("eligibilitySatisfied").GetBoolean().ShouldBeFalse();
        reply.Notices[0].ShouldContain("not finished preparing");
    }

    [Theory]
    [InlineData("{}", FailureCodes.UpstreamNotJson)]
    [InlineData("[]", FailureCodes.UpstreamNotJson)]
    [InlineData("""{"items":7}""", FailureCodes.UpstreamNotJson)]
    public async Task What_is_no_evaluation_is_refused(string body, string code)
    {
        var xcures = Scripted(body);

        (await FailAsync(Evaluate(xcures), $$"""{"subject":"{{Id}}","checklistId":"{{Id}}"}""")).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("""{"result":{"answer":7,"notes":"Walt Peabody"}}""")]
    [InlineData("""{"result":"Walt Peabody"}""")]
    [InlineData("""{"result":[{"answer":"Walt Peabody"}]}""")]
    [InlineData("""{"matchingRecords":[{"name":"Walt Peabody"}]}""")]
    public async Task Of_a_result_that_no_contract_describes_nothing_unknown_comes(string item)
    {
        var xcures = Scripted($$"""{"subjectId":"{{Id}}","checklistId":"{{Id}}","eligibilitySatisfied":false,"items":[{{item}}],"documentIds":["d"]}""");

        var result = await RunAsync<UpstreamResult>(Evaluate(xcures), $$"""{"subject":"{{Id}}","checklistId":"{{Id}}"}""");

        System.Text.Encoding.UTF8.GetString(result.Sections[1].Rows[0].Span).ShouldBe("{}");
    }

    [Fact]
    public async Task Feedback_is_previewed_and_sent_once_without_its_words_in_the_answer()
    {
        var written = await world.WriteAsync("submit_checklist_feedback", await ArgumentsAsync("harmful", "The dose of Zorblatt is wrong."));

        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        written.Text.ShouldNotContain("Zorblatt");
        world.World.Sandbox.Journal.Of("xcures", Feedback).ShouldContain(entry => entry.Body.Contains("Zorblatt"));
    }

    [Theory]
    [InlineData("harmful", null)]
    [InlineData("harmful", "  ")]
    public async Task Harm_needs_a_comment(string type, string? comment)
    {
        var reply = await world.CallAsync("submit_checklist_feedback", await ArgumentsAsync(type, comment));

        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe("comment");
    }

    [Fact]
    public async Task A_lost_answer_is_in_doubt_and_not_sent_again()
    {
        var arguments = await ArgumentsAsync("positive", null);
        var preview = await world.CallAsync("submit_checklist_feedback", arguments);
        var before = world.World.Sandbox.Journal.Of("xcures", Feedback).Count;
        world.World.Sandbox.Faults.Next("xcures", Feedback, Fault.AnswerLost());

        var reply = await world.CallAsync("submit_checklist_feedback", arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        reply.ErrorCode.ShouldBe(FailureCodes.InDoubt);
        (world.World.Sandbox.Journal.Of("xcures", Feedback).Count - before).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Without_the_scope_no_feedback_is_sent()
    {
        var reply = await world.CallWithoutScopeAsync("submit_checklist_feedback", await ArgumentsAsync("positive", null));

        reply.ErrorCode.ShouldBe(FailureCodes.InsufficientScope);
    }

    private static XCuresHarness Scripted(string body)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("POST", $"{XCuresHarness.Registry}/checklist/{Id}/evaluate", _ => ScriptedUpstream.Json(body, 201))
            .On("GET", $"{XCuresHarness.Subjects}/{Id}/status/clinical-concepts", """{"loaded":true}""");
        return xcures;
    }

    private static Tool Evaluate(XCuresHarness xcures) => xcures.Tools.Single(tool => tool.Name == "evaluate_checklist");

    private async Task<(string Checklist, string Item)> FirstAsync()
    {
        var first = (await world.CallAsync("list_checklists", "{}")).First;
        return (first.GetProperty("id").GetString()!, first.GetProperty("items")[0].GetProperty("id").GetString()!);
    }

    private async Task<string> ArgumentsAsync(string type, string? comment)
    {
        var (checklist, item) = await FirstAsync();
        var words = comment is null ? "" : $",\"comment\":\"{comment}\"";
        return $$"""{"subject":"<subject>","checklistId":"{{checklist}}","checklistItemId":"{{item}}","feedbackType":"{{type}}"{{words}}}""";
    }
}
