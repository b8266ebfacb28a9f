using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.PhenoML.Codes;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>One text in several code systems, and codes by the span that gave them.</summary>
public sealed class ExtractSeveralTests
{
    private const string Note = "Müller has type 2 diabetes. She takes metformin 500 mg daily. No fever.";

    [Fact]
    public async Task Each_row_says_its_system()
    {
        await using var world = await World.StartAsync();
        var reply = await world.CallAsync("extract_codes", $$"""{"text":"{{Note}}","systems":[{"name":"ICD-10-CM"},{"name":"RXNORM","version":"11042024"}]}""");
        reply.Data.EnumerateArray().Select(row => $"{row.GetProperty("system").GetProperty("name")} {row.GetProperty("code")}")
            .ShouldBe(["ICD-10-CM E11.9", "RXNORM 861007"]);
    }

    [Fact]
    public async Task A_system_that_fails_is_told_and_the_others_are_answered()
    {
        await using var world = await World.StartAsync();
        var reply = await world.CallAsync("extract_codes", $$"""
            {"text":"{{Note}}","systems":[{"name":"CPT"},{"name":"HPO"},{"name":"JANE-DOE"},{"name":"LOINC"}]}
            """);
        reply.IsError.ShouldBeFalse();
        reply.Notices.ShouldContain(notice => notice.StartsWith("CPT is missing from this answer: PhenoML has no code system", StringComparison.Ordinal));
        reply.Notices.ShouldContain(notice => notice.StartsWith("systems[2] is missing from this answer:", StringComparison.Ordinal));
        reply.Notices.ShouldContain("LOINC: no codes were found.");
        reply.Text.ShouldNotContain("JANE-DOE");
        reply.First.GetProperty("code").GetString().ShouldBe("HP:0005978");
    }

    [Fact]
    public async Task All_that_fail_are_one_failure()
    {
        await using var world = await World.StartAsync();
        world.Sandbox.Faults.Next("phenoml", "*", Fault.HtmlErrorPage(), 50);
        var reply = await world.CallAsync("extract_codes", $$"""{"text":"{{Note}}","systems":[{"name":"HPO"},{"name":"LOINC"}]}""");
        reply.ErrorCode.ShouldBe(FailureCodes.UpstreamError);
    }

    [Fact]
    public async Task Codes_are_grouped_by_the_span_that_gave_them()
    {
        await using var world = await World.StartAsync();
        var reply = await world.CallAsync("extract_codes", $$"""
            {"config":{"include_ancestors":true},"text":"{{Note}}","systems":[{"name":"ICD-10-CM"},{"name":"HPO"},{"name":"RXNORM"}],"group_by":"citation"}
            """);
        var rows = reply.Data.EnumerateArray().ToList();
        var spans = rows.Where(row => row.TryGetProperty("text", out _)).ToList();
        spans.Count.ShouldBe(2);
        foreach (var span in spans)
        {
            span.GetProperty("verified").GetBoolean().ShouldBeTrue();
            Note[span.GetProperty("begin_offset").GetInt32()..span.GetProperty("end_offset").GetInt32()].ShouldBe(span.GetProperty("text").GetString());
        }

        spans[0].GetProperty("codes").EnumerateArray().Select(code => code.GetProperty("code").GetString()).ShouldBe(["E11.9", "HP:0005978"]);
        spans[1].GetProperty("codes")[0].GetProperty("code").GetString().ShouldBe("861007");
        rows[^1].TryGetProperty("text", out _).ShouldBeFalse();
        rows[^1].GetProperty("codes").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("""{"text":"a","system":{"name":"HPO"},"systems":[{"name":"LOINC"}]}""", "systems")]
    [InlineData("""{"text":"a","systems":[{"version":"1"}]}""", "systems")]
    [InlineData("""{"text":"a","systems":[{"name":"HPO"},{"name":"hpo "}]}""", "systems")]
    [InlineData("""{"text":"a","systems":[{"name":"HPO"},{"name":"LOINC"}],"config":{"chunking_method":"fasthpocr"}}""", "config.chunking_method")]
    [InlineData("""{"text":"a","group_by":"citation","config":{"include_citations":false}}""", "group_by")]
    [InlineData("""{"text":"a","group_by":"citation","config":{"chunking_method":"paragraphs"}}""", "group_by")]
    public async Task What_does_not_go_together_is_refused_before_anything_is_sent(string arguments, string argument)
    {
        var stub = new PhenoStub();
        var input = System.Text.Json.JsonSerializer.Deserialize(arguments, CodesJson.Default.ExtractCodesInput)!;
        (await Should.ThrowAsync<CallFailureException>(() => stub.RunAsync("extract_codes", input))).Argument.ShouldBe(argument);
        stub.Came.ShouldBeEmpty();
    }
}
