using System.Text.Json;
using HealthMcp.Approvals;
using HealthMcp.FhirR4;
using HealthMcp.Pipeline;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Approvals;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Signing;

/// <summary>FHIR resources that say that an AI asserted them, and the Provenance beside them.</summary>
public sealed class SignedFhirTests : IAsyncLifetime
{
    private const string Own = """{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}""";
    private const string Path = "/fhir-provider/{fhir_provider_id}/fhir/{fhir_path}";

    private World _world = null!;
    private McpClient _client = null!;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "phenoml"));
        _client = await _world.ConnectAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_new_record_has_the_label_once_and_every_reader_sees_it()
    {
        var id = await MakeAsync($$$"""{"code":{"text":"Asthma"},"meta":{"security":[{{{Own}}},{{{AiLabel.Coding().ToJsonString()}}}]}}""");
        var read = (await _client.ReplyAsync("provider_fhir_read", $$"""{"provider":"medplum","type":"Condition","id":"{{id}}"}""")).First;

        Labels(read).ShouldBe(["R", "AIAST"]);
        Labels(Sent("POST")[0]).ShouldBe(["R", "AIAST"]);
    }

    [Fact]
    public async Task The_provenance_names_the_version_that_was_written_the_ai_and_the_review()
    {
        await MakeAsync("""{"code":{"text":"Asthma"}}""");
        var provenance = Sent("POST")[^1];

        StructureCheck.Of(provenance).ShouldBeEmpty();
        provenance.GetProperty("target")[0].GetProperty("reference").GetString()!.ShouldMatch("^Condition/[^/]+/_history/1$");
        provenance.GetProperty("reason")[0].GetProperty("coding")[0].GetProperty("code").GetString().ShouldBe("AIAST");
        provenance.GetProperty("agent").GetArrayLength().ShouldBe(1);
        provenance.GetProperty("agent")[0].GetProperty("type").GetProperty("coding")[0].GetProperty("code").GetString().ShouldBe("author");
        provenance.GetProperty("activity").GetProperty("text").GetString().ShouldBe("[AI-written via HealthMcp: sent without a review]");
        var found = await _client.ReplyAsync("provider_fhir_search", """{"provider":"medplum","type":"Provenance"}""");
        found.Data.GetArrayLength().ShouldBePositive(found.Text);
    }

    [Theory]
    [InlineData(""" "resource":{"code":{"text":"Worse"}} """)]
    [InlineData(""" "operations":[{"op":"replace","path":"/code/text","value":"Worse"}] """)]
    public async Task A_change_labels_what_a_person_had_written_and_keeps_the_labels_that_were_there(string change)
    {
        using var off = _world.Build(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "phenoml"), ("HEALTHMCP_AI_AUTHORSHIP", "off"));
        foreach (var meta in new[] { "", $$""","meta":{"security":[{{Own}}]}""", ""","meta":{"tag":[{"code":"x"}]}""" })
        {
            var id = await MakeAsync($$"""{"code":{"text":"Asthma"}{{meta}}}""", await _world.ConnectAsync(off));
            var reply = await _client.ReplyAsync(
                "provider_fhir_write", $$"""{"provider":"medplum","action":"patch","type":"Condition","id":"{{id}}",{{change}}}""");

            reply.IsError.ShouldBeFalse(reply.Text);
            reply.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue(reply.Text);
            var labels = Labels((await _client.ReplyAsync("provider_fhir_read", $$"""{"provider":"medplum","type":"Condition","id":"{{id}}"}""")).First);
            labels.ShouldBe(meta.Contains("security", StringComparison.Ordinal) ? ["R", "AIAST"] : ["AIAST"]);
            (await _client.ReplyAsync(
                "provider_fhir_write",
                $$"""{"provider":"medplum","action":"patch","type":"Condition","id":"{{id}}","resource":{"code":{"text":"Better"} } }"""))
                .IsError.ShouldBeFalse();
            Labels((await _client.ReplyAsync("provider_fhir_read", $$"""{"provider":"medplum","type":"Condition","id":"{{id}}"}""")).First)
                .Count(code => code == "AIAST").ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_person_who_approved_is_named_as_verifier_and_saw_the_label()
    {
        using var app = _world.Build(("HEALTHMCP_WRITES", "approve"), ("HEALTHMCP_TOOLSETS", "phenoml"));
        await using var pages = new LoopbackPages(new ApprovalPages(() => app.Approvals));
        var client = await _world.ConnectAsync(app, new ApprovalPlace(pages.AddressAsync, (_, _) => ValueTask.FromResult(false)), null, "local");
        const string Make = """
            {"provider":"medplum","action":"create","type":"Condition","resource":{"code":{"text":"Asthma"},"subject":{"reference":"Patient/1"}}}
            """;
        var asked = await client.ReplyAsync("provider_fhir_write", Make);
        using var browser = new PageBrowser();
        var open = await browser.OpenAsync(new Uri(asked.Write("link")));
        await browser.AnswerAsync(new Uri(asked.Write("link")), open, "approve");
        (await client.ReplyAsync("provider_fhir_write", Make)).Write("status").ShouldBe("done");

        foreach (var word in new[] { "AIAST", "Provenance", "a person as verifier" }) open.Html.ShouldContain(word);
        var agents = Sent("POST")[^1].GetProperty("agent").EnumerateArray();
        agents.Select(agent => agent.GetProperty("type").GetProperty("coding")[0].GetProperty("code").GetString()).ShouldBe(["author", "verifier"]);
        StructureCheck.Of(Sent("POST")[^1]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provenance_that_is_refused_or_lost_is_told_of_and_the_write_stands(bool lost)
    {
        var id = await MakeAsync("""{"code":{"text":"Asthma"}}""");
        var before = Sent("POST").Count;
        _world.Sandbox.Faults.Next("phenoml", $"POST {Path}", lost ? Fault.AnswerLost() : Fault.HtmlErrorPage(), 5);
        var reply = await _client.ReplyAsync(
            "provider_fhir_write", $$"""{"provider":"medplum","action":"patch","type":"Condition","id":"{{id}}","resource":{"code":{"text":"Worse"} } }""");

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        reply.Notices.ShouldContain(notice => notice.StartsWith("A Provenance that says", StringComparison.Ordinal));
        Sent("POST").Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Switched_off_neither_label_nor_provenance_is_sent()
    {
        using var off = _world.Build(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "phenoml"), ("HEALTHMCP_AI_AUTHORSHIP", "off"));
        await MakeAsync("""{"code":{"text":"Asthma"}}""", await _world.ConnectAsync(off));

        Sent("POST").ShouldHaveSingleItem().TryGetProperty("meta", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deletion_is_signed_by_nothing()
    {
        var id = await MakeAsync("""{"code":{"text":"Asthma"}}""");
        var before = _world.Sandbox.Journal.Entries.Count;
        var gone = await _client.ReplyAsync("provider_fhir_write", $$"""{"provider":"medplum","action":"delete","type":"Condition","id":"{{id}}"}""");

        gone.IsError.ShouldBeFalse(gone.Text);
        _world.Sandbox.Journal.Entries.Skip(before).ShouldNotContain(entry => entry.Method == "POST");
    }

    private async Task<string> MakeAsync(string condition, McpClient? by = null)
    {
        var reply = await (by ?? _client).ReplyAsync(
            "provider_fhir_write", $$"""{"provider":"medplum","action":"create","type":"Condition","resource":{{Condition(condition)}}}""");
        reply.IsError.ShouldBeFalse(reply.Text);
        return reply.Data.GetProperty("after").GetProperty("id").GetString()!;
    }

    private static string Condition(string part) => part[..^1] + ""","subject":{"reference":"Patient/1"}}""";

    private IReadOnlyList<JsonElement> Sent(string method) =>
        [.. _world.Sandbox.Journal.Of("phenoml", $"{method} {Path}").Select(entry => JsonElement.Parse(entry.Body))];

    private static IReadOnlyList<string> Labels(JsonElement resource) =>
        [.. resource.GetProperty("meta").GetProperty("security").EnumerateArray().Select(label => label.GetProperty("code").GetString()!)];
}
