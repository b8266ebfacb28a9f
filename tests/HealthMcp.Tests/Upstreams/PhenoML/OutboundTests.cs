using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>What is sent to PhenoML is a disclosure: it is on record, and the operator may have identifiers taken out of it.</summary>
public sealed class OutboundTests
{
    private const string Note = "Mrs. Marissa Jones, born 03/14/1971, phone 503-555-0142, has type 2 diabetes. Marissa Jones denies fever. Asthma since 2019.";
    private static readonly string[] Identifying = ["Marissa", "Jones", "03/14/1971", "503-555-0142"];

    [Fact]
    public async Task Deidentified_text_goes_up_without_what_identifies_and_citations_come_back_to_the_text_as_given()
    {
        await using var world = await StartAsync();
        var reply = await world.CallAsync("extract_codes", Text("""
            ,"system":{"name":"SNOMED_CT_US_LITE"},"config":{"include_citations":true}
            """));
        reply.IsError.ShouldBeFalse(reply.Text);
        Sent(world).ShouldAllBe(body => Identifying.All(word => !body.Contains(word, StringComparison.Ordinal)));
        reply.Notices.ShouldContain(notice => notice.Contains("replaced before the text was sent", StringComparison.Ordinal));
        var citations = reply.Data.EnumerateArray().SelectMany(code => code.GetProperty("citations").EnumerateArray()).ToList();
        var asthma = citations.Single(citation => citation.GetProperty("text").GetString()!.StartsWith("Asthma", StringComparison.Ordinal));
        asthma.GetProperty("verified").GetBoolean().ShouldBeTrue();
        Note[asthma.GetProperty("begin_offset").GetInt32()..asthma.GetProperty("end_offset").GetInt32()].ShouldStartWith("Asthma");

        // The sentence with the name is not the caller's own words any more.
        var crossed = citations.Single(citation => citation.GetProperty("text").GetString()!.Contains("diabetes", StringComparison.Ordinal));
        crossed.GetProperty("verified").GetBoolean().ShouldBeFalse();
        Note[crossed.GetProperty("begin_offset").GetInt32()..crossed.GetProperty("end_offset").GetInt32()].ShouldContain("diabetes");
    }

    [Theory]
    [InlineData("lang2fhir_create", ",\"resource\":\"auto\"")]
    [InlineData("lang2fhir_create_multi", "")]
    [InlineData("lang2fhir_search", "")]
    public async Task Every_tool_that_takes_text_sends_it_so(string tool, string more)
    {
        await using var world = await StartAsync();
        var reply = await world.CallAsync(tool, Text(more));
        reply.IsError.ShouldBeFalse(reply.Text);
        Sent(world).ShouldAllBe(body => Identifying.All(word => !body.Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_scrubbed_or_would_be_stored_without_its_person_does_not_go()
    {
        await using var world = await StartAsync();
        foreach (var (tool, arguments) in new[]
        {
            ("lang2fhir_document", $$"""{"content":"{{LanguageCalls.PdfOf(Note)}}","multi":true}"""),
            ("store_fhir_from_text", Text(",\"multi\":true,\"provider\":\"medplum\"")),
        })
        {
            var reply = await world.CallAsync(tool, arguments);
            reply.ErrorCode.ShouldBe(FailureCodes.QuestionWithheld);
            reply.Text.ShouldContain("only text without what identifies");
        }

        Sent(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task By_default_text_goes_as_it_is_and_either_way_the_audit_says_that_it_went_and_never_what()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "phenoml"));
        var client = await world.ConnectAsync();
        (await client.ReplyAsync("lang2fhir_create", Text(",\"resource\":\"patient\""))).IsError.ShouldBeFalse();
        (await client.ReplyAsync("list_fhir_providers", "{}")).IsError.ShouldBeFalse();
        Sent(world).ShouldContain(body => body.Contains("Marissa Jones", StringComparison.Ordinal));
        var lines = (await File.ReadAllLinesAsync(Path.Combine(world.DataDirectory, "audit.jsonl"))).Skip(1).Select(line => JsonElement.Parse(line)).ToList();
        lines[0].GetProperty("disclosed_to")[0].GetString().ShouldBe("phenoml");
        lines[1].TryGetProperty("disclosed_to", out _).ShouldBeFalse();
        lines.ShouldAllBe(line => Identifying.All(word => !line.GetRawText().Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Text_that_was_sent_and_had_no_answer_is_on_record_too()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "phenoml"));
        world.Sandbox.Faults.Next("phenoml", "POST /lang2fhir/create/multi", HealthMcp.Sandbox.Fault.ResetConnection(), 50);
        (await world.CallAsync("lang2fhir_create_multi", Text(""))).IsError.ShouldBeTrue();
        (await File.ReadAllLinesAsync(Path.Combine(world.DataDirectory, "audit.jsonl")))[^1].ShouldContain("\"disclosed_to\":[\"phenoml\"]");
    }

    private static Task<World> StartAsync() => World.StartAsync(
        ("HEALTHMCP_TOOLSETS", "phenoml"), ("HEALTHMCP_PHENOML_OUTBOUND", "deidentified"), ("HEALTHMCP_WRITES", "direct"));

    private static string Text(string more) => $$"""{"text":"{{JsonEncodedText.Encode(Note)}}"{{more}}}""";

    private static IReadOnlyList<string> Sent(World world) =>
        [.. world.Sandbox.Journal.Entries.Where(entry => !entry.Template.Contains("token", StringComparison.Ordinal)).Select(entry => entry.Body)];
}
