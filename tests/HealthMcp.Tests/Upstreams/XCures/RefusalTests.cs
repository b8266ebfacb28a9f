using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>What every tool about documents, FHIR and checklists does when it may not, cannot, or is lied to: one row for each tool.</summary>
public sealed class RefusalTests
{
    private const string Nobody = "7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21";
    // Whose own record can be read: these tools have it read before they answer a text about her.
    private static readonly string Somebody = global::HealthMcp.Sandbox.Data.Person.All[0].SubjectId;

    private const string Path = "/api/v1/patient-registry";

    /// <summary>Tool, good arguments with an id that does not exist, and the operation that is asked first.</summary>
    public static TheoryData<string, string, string> Tools => new()
    {
        { "search_documents", $$"""{"subject":"{{Nobody}}"}""", $"GET {Path}/document" },
        { "get_document", $$"""{"documentId":"{{Nobody}}"}""", $"GET {Path}/document/{{documentId}}" },
        { "update_document", $$"""{"documentId":"{{Nobody}}","documentName":"Note"}""", $"GET {Path}/document/{{documentId}}" },
        { "publish_document", $$"""{"documentId":"{{Nobody}}","templateId":"{{Nobody}}"}""", $"GET {Path}/document/{{documentId}}" },
        { "unpublish_document", $$"""{"documentId":"{{Nobody}}"}""", $"GET {Path}/document/{{documentId}}" },
        { "list_publish_templates", "{}", $"GET {Path}/reciprocity-template" },
        { "get_fhir_resources", $$"""{"subject":"{{Somebody}}","type":"Condition"}""", $"GET {Path}/fhir/condition" },
        { "export_fhir", $$"""{"subject":"{{Somebody}}"}""", $"GET {Path}/fhir/_export" },
        { "list_checklists", "{}", $"GET {Path}/checklist" },
        { "evaluate_checklist", $$"""{"subject":"{{Somebody}}","checklistId":"{{Nobody}}"}""", $"POST {Path}/checklist/{{checklistId}}/evaluate" },
    };

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task Without_the_scope_nothing_is_asked(string tool, string arguments, string operation)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"), ("HEALTHMCP_SCOPES", "xcures/subjects.read"));

        var reply = await world.CallAsync(tool, arguments);

        reply.ErrorCode.ShouldBe(FailureCodes.InsufficientScope);
        world.Sandbox.Journal.Of("xcures", operation).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task What_breaks_upstream_is_one_sentence_without_a_word_of_it(string tool, string arguments, string operation)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"));
        foreach (var (fault, code) in new[]
        {
            (Fault.Status(403), FailureCodes.UpstreamForbidden), (Fault.HtmlErrorPage(404), FailureCodes.NotFound),
            (Fault.WrongContentType(), FailureCodes.UpstreamNotJson), (Fault.TruncatedJson(), FailureCodes.UpstreamNotJson),
            (Fault.ErrorBodyWithSuccess(), FailureCodes.UpstreamNotJson),
        })
        {
            // What is asked with an id that does not exist is refused before its answer could be cut or mislabelled.
            if (fault.Kind is FaultKind.WrongContentType or FaultKind.TruncatedJson && operation.Contains('{', StringComparison.Ordinal)) continue;

            world.Sandbox.Faults.Next("xcures", operation, fault);
            var reply = await world.CallAsync(tool, arguments);

            reply.ErrorCode.ShouldBe(code, $"{fault.Kind}: {reply.Text}");
            reply.Text.ShouldNotContain("CANARY");
            reply.Text.ShouldNotContain(Nobody);
        }
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_foreign_handle_or_an_argument_too_many_is_refused_by_name(string tool, string arguments, string operation)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"));
        var foreign = arguments.Replace(Nobody, "subj_0000000000000000", StringComparison.Ordinal)
            .Replace(Somebody, "subj_0000000000000000", StringComparison.Ordinal);

        if (foreign != arguments) (await world.CallAsync(tool, foreign)).ErrorCode.ShouldBe(FailureCodes.UnknownHandle);
        var unknown = await world.CallAsync(tool, $"{arguments[..^1]}{(arguments.Length > 2 ? "," : "")}\"url\":\"http://169.254.169.254/\"}}");
        unknown.ErrorCode.ShouldBe(FailureCodes.InvalidArgument);
        unknown.Text.ShouldNotContain("169.254");
        world.Sandbox.Journal.Of("xcures", operation).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("get_document", """{"documentId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21"}""")]
    [InlineData("update_document", """{"documentId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","documentName":"Note"}""")]
    [InlineData("publish_document", """{"documentId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","templateId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21"}""")]
    [InlineData("unpublish_document", """{"documentId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21"}""")]
    public async Task A_document_that_is_not_there_is_not_found(string tool, string arguments)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"));

        (await world.CallAsync(tool, arguments)).ErrorCode.ShouldBe(FailureCodes.NotFound);
    }

    [Theory]
    [InlineData("search_documents", """{"subject":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","informationTypes":["Progress Note"]}""", "Documents of one subject")]
    public async Task Nothing_found_says_what_was_searched(string tool, string arguments, string searched)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"));

        var reply = await world.CallAsync(tool, arguments);

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Notices[0].ShouldContain($"Nothing was found. Searched: {searched}");
    }

    [Fact]
    public async Task Read_only_has_none_of_the_writes()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"), ("HEALTHMCP_READ_ONLY", "true"));

        foreach (var tool in new[] { "upload_document", "update_document", "publish_document", "unpublish_document", "submit_checklist_feedback" })
            (await Should.ThrowAsync<McpProtocolException>(() => world.CallAsync(tool, "{}"))).Message.ShouldContain("no tool of that name");
    }
}
