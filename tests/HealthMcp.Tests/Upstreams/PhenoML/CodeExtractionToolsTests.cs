using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.PhenoML;
using HealthMcp.Upstreams.PhenoML.Codes;

namespace HealthMcp.Tests.Upstreams.PhenoML;

public sealed class CodeExtractionToolsTests
{
    private const string Note = "Müller hat Asthma.";
    private readonly PhenoStub _stub = new();

    [Fact]
    public async Task What_is_sent_is_the_vendors_and_nothing_of_ours()
    {
        Answers("""{"system":{"name":"ICD-10-CM","version":"2025"},"codes":[]}""");
        await RunAsync(new ExtractCodesInput
        {
            Text = Note,
            System = new CodeSystemChoice { Name = "ICD-10-CM", Version = "2025" },
            Config = new ExtractConfig { ChunkingMethod = "sentences", IncludeCitations = true, MinContextRelevance = 0.5, ExtractionContext = "billing" },
            Fields = ["code"],
            MaxBytes = 2048,
            Privacy = "limited",
        });
        JsonDocument.Parse(_stub.LastBody).RootElement.GetRawText().ShouldBe(
            JsonDocument.Parse(
                """{"text":"M\u00FCller hat Asthma.","system":{"name":"ICD-10-CM","version":"2025"},"config":{"chunking_method":"sentences","include_citations":true,"extraction_context":"billing","min_context_relevance":0.5}}""").RootElement
                .GetRawText());
        _stub.Came[^1].Path.ShouldBe("/construe/extract");
        _stub.Came[^1].Authorization.ShouldBe("Bearer t1");
    }

    [Fact]
    public async Task Byte_offsets_become_UTF16_offsets_and_are_marked_as_verified()
    {
        var begin = Encoding.UTF8.GetByteCount("Müller hat ");
        Answers($$"""{"codes":[{"code":"J45","description":"Asthma","valid":true,"citations":[{"text":"Asthma","begin_offset":{{begin}},"end_offset":{{begin + 6}}}],"categories":null}]}""");
        var result = await RunAsync(new ExtractCodesInput { Text = Note, Config = new ExtractConfig { IncludeCitations = true } });
        var row = JsonDocument.Parse(result.Sections.Single().Rows.Single()).RootElement;
        var citation = row.GetProperty("citations")[0];
        Note[citation.GetProperty("begin_offset").GetInt32()..citation.GetProperty("end_offset").GetInt32()].ShouldBe("Asthma");
        citation.GetProperty("verified").GetBoolean().ShouldBeTrue();
        row.GetProperty("code").GetString().ShouldBe("J45");
        row.GetProperty("categories").ValueKind.ShouldBe(JsonValueKind.Null);
        result.Echo.ShouldBe(Note);
        result.Sections.Single().Total.ShouldBe(1);
    }

    [Fact]
    public async Task An_invented_citation_is_marked_and_said()
    {
        Answers("""{"codes":[{"code":"J45","description":"x","valid":true,"citations":[{"text":"Diabetes","begin_offset":0,"end_offset":8}]}]}""");
        var result = await RunAsync(new ExtractCodesInput { Text = Note });
        JsonDocument.Parse(result.Sections.Single().Rows.Single()).RootElement.GetProperty("citations")[0].GetProperty("verified").GetBoolean().ShouldBeFalse();
        result.Notices.ShouldContain(n => n.Contains("verified false", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"system":{"name":"loinc"},"codes":[]}""", "The codes are from LOINC.")]
    [InlineData("""{"system":{"name":"CPT"},"codes":[]}""", "Use of CPT codes is subject to the AMA's requirements.")]
    [InlineData("""{"system":{"name":"CANARY"},"codes":[]}""", "The codes are from the code system that was asked for.")]
    [InlineData("""{"system":7,"codes":[]}""", "The codes are from the code system that was asked for.")]
    public async Task The_code_system_is_said_when_it_is_a_known_one(string answer, string notice)
    {
        Answers(answer);
        var result = await RunAsync(new ExtractCodesInput { Text = Note });
        result.Notices.ShouldContain(notice);
        string.Join(' ', result.Notices).ShouldNotContain("CANARY");
    }

    public static TheoryData<string, string> Refused => new()
    {
        { """{"text":" \n"}""", "text" },
        { """{"text":"a","system":{"version":"2025"}}""", "system.name" },
        { """{"text":"a","config":{"min_context_relevance":0.1}}""", "config.extraction_context" },
        { """{"text":"a","config":{"min_context_relevance":0.1,"extraction_context":" "}}""", "config.extraction_context" },
        { """{"text":"a","config":{"include_citations":true,"chunking_method":"none"}}""", "config.include_citations" },
        { """{"text":"a","config":{"include_citations":true,"chunking_method":"topics"}}""", "config.include_citations" },
        { """{"text":"a","config":{"chunking_method":"fasthpocr"}}""", "config.chunking_method" },
        { """{"text":"a","system":{"name":"LOINC"},"config":{"chunking_method":"fasthpocr"}}""", "config.chunking_method" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Options_that_do_not_go_together_are_refused_before_anything_is_sent(string arguments, string argument)
    {
        var failure = await Should.ThrowAsync<CallFailureException>(() => RunAsync(Input(arguments)));
        failure.Code.ShouldBe(FailureCodes.InvalidArgument);
        failure.Argument.ShouldBe(argument);
        _stub.Came.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"text":"a","config":{"include_citations":true}}""")]
    [InlineData("""{"text":"a","config":{"include_citations":true,"chunking_method":"clinical_ner_extract"}}""")]
    [InlineData("""{"text":"a","system":{"name":"HPO"},"config":{"chunking_method":"fasthpocr","include_citations":true}}""")]
    [InlineData("""{"text":"a","config":{"min_context_relevance":0}}""")]
    [InlineData("""{"text":"a","config":{"min_context_relevance":1,"extraction_context":"billing","max_codes_per_chunk":3,"consistency_effort":"high"}}""")]
    public async Task Options_that_go_together_are_sent(string arguments)
    {
        Answers("""{"codes":[]}""");
        ArgumentValidator.Check(InputSchema.Of(CodesJson.Default.ExtractCodesInput), JsonDocument.Parse(arguments).RootElement).ShouldBeEmpty();
        await RunAsync(Input(arguments));
        _stub.Came.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"text":""}""")]
    [InlineData("""{}""")]
    [InlineData("""{"text":"a","config":{"chunking_method":"words"}}""")]
    [InlineData("""{"text":"a","config":{"validation_method":"gut"}}""")]
    [InlineData("""{"text":"a","config":{"code_similarity_filter":1.1}}""")]
    [InlineData("""{"text":"a","config":{"chunk_code_jaccard_similarity_filtering_threshold":-0.1}}""")]
    [InlineData("""{"text":"a","config":{"max_codes_per_chunk":0}}""")]
    [InlineData("""{"text":"a","config":{"consistency_effort":"max"}}""")]
    [InlineData("""{"text":"a","config":{"surprise":true}}""")]
    [InlineData("""{"text":"a","system":"LOINC"}""")]
    public void The_schema_holds_the_ranges_and_choices_of_the_contract(string arguments) =>
        ArgumentValidator.Check(InputSchema.Of(CodesJson.Default.ExtractCodesInput), JsonDocument.Parse(arguments).RootElement).ShouldNotBeEmpty();

    [Theory]
    [InlineData("""{"text":"a","config":{"chunk_code_jaccard_similarity_filtering_threshold":0.3}}""", "threshold was ignored")]
    [InlineData("""{"text":"a","config":{"consistency_effort":"low","validation_method":"none"}}""", "nothing to work on")]
    [InlineData("""{"text":"a","system":{"name":"HPO"},"config":{"chunking_method":"fasthpocr"}}""", "ignores most other options")]
    public async Task Options_without_effect_are_told(string arguments, string notice)
    {
        Answers("""{"codes":[]}""");
        (await RunAsync(Input(arguments))).Notices.ShouldContain(n => n.Contains(notice, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("400", FailureCodes.UpstreamRejected)]
    [InlineData("401", FailureCodes.UpstreamUnauthorized)]
    [InlineData("401 empty", FailureCodes.UpstreamUnauthorized)]
    [InlineData("402", FailureCodes.UpstreamForbidden)]
    [InlineData("403", FailureCodes.UpstreamForbidden)]
    [InlineData("404", FailureCodes.NotFound)]
    [InlineData("404 list", FailureCodes.NotFound)]
    [InlineData("409", FailureCodes.Conflict)]
    [InlineData("422", FailureCodes.UpstreamRejected)]
    [InlineData("429", FailureCodes.UpstreamRateLimited)]
    [InlineData("500", FailureCodes.UpstreamError)]
    [InlineData("503", FailureCodes.UpstreamError)]
    [InlineData("504", FailureCodes.UpstreamError)]
    [InlineData("302", FailureCodes.UpstreamError)]
    [InlineData("html", FailureCodes.UpstreamNotJson)]
    [InlineData("truncated", FailureCodes.UpstreamNotJson)]
    [InlineData("array", FailureCodes.UpstreamNotJson)]
    [InlineData("reset", FailureCodes.UpstreamUnreachable)]
    public async Task Every_failure_becomes_a_sentence_without_the_answers_text(string how, string code)
    {
        _stub.Answer = StubAnswer.Bad(how);
        var failure = await Should.ThrowAsync<CallFailureException>(() => RunAsync(new ExtractCodesInput { Text = "Jane Doe has asthma" }));
        failure.Code.ShouldBe(code);
        failure.Message.ShouldNotContain("CANARY");
        failure.Message.ShouldNotContain("Jane");
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_a_timeout()
    {
        _stub.Answer = StubAnswer.Bad("hangs");
        _stub.Time.Fires = TimeSpan.FromDays(1);
        (await Should.ThrowAsync<CallFailureException>(() => RunAsync(new ExtractCodesInput { Text = "a" }))).Code.ShouldBe(FailureCodes.UpstreamTimeout);
    }

    [Theory]
    [InlineData("""{"codes":[7]}""")]
    [InlineData("""{"codes":[{"code":"a","citations":[null]}]}""")]
    [InlineData("""null""")]
    public async Task Rows_that_are_not_codes_are_a_broken_contract(string answer)
    {
        Answers(answer);
        (await Should.ThrowAsync<CallFailureException>(() => RunAsync(new ExtractCodesInput { Text = "a" }))).Code.ShouldBe(FailureCodes.UpstreamNotJson);
    }

    private static ExtractCodesInput Input(string json) => JsonSerializer.Deserialize(json, CodesJson.Default.ExtractCodesInput)!;

    private void Answers(string json) => _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json(json));

    private Task<UpstreamResult> RunAsync(ExtractCodesInput input) => _stub.RunAsync("extract_codes", input);
}
