using HealthMcp.Catalog;
using HealthMcp.Tests.Privacy;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>What the tools about analysis show below the identified level: enough to work with, and nothing that names a person who was not sent.</summary>
public sealed class AnalysisPrivacyTests : IAsyncLifetime
{
    private const string Bundle = """
        {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"zz-17","name":[{"given":["Hildegard"],"family":"Oppenrath"}],
        "gender":"female","birthDate":"1961-07-22"}},{"resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/zz-17"},
        "code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006","display":"Type 2 diabetes mellitus"}]},"onsetDateTime":"2024-01-15"}}]}
        """;

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "phenoml"));

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_cohort_can_be_searched_for()
    {
        var rows = (await _world.CallAsync("analyze_cohort", """{"text":"female patients over 65 with diabetes but not hypertension"}""")).Data
            .GetProperty("queries").EnumerateArray().ToList();
        rows.Select(row => $"{row.GetProperty("resource_type")} {row.GetProperty("exclude")} {row.GetProperty("concept")}")
            .ShouldBe(["Patient False female patients over 65", "Condition False diabetes", "Condition True hypertension"]);
        var people = rows[0].GetProperty("parameters");
        people[0].GetProperty("code").GetString().ShouldBe("female");
        people[1].GetProperty("comparator").GetString().ShouldBe("le");
        people[1].GetProperty("birth").GetString()!.Length.ShouldBe(4);
        rows[1].GetProperty("parameters")[0].GetProperty("code").GetString().ShouldBe("73211009");
        rows[1].TryGetProperty("search_params", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_provider_gives_handles_and_a_number()
    {
        var reply = await _world.CallAsync("analyze_cohort", """{"text":"women","provider":"550e8400-e29b-41d4-a716-446655440000"}""");
        var patients = reply.Data.GetProperty("patients").EnumerateArray().ToList();
        patients.Count.ShouldBeGreaterThan(0);
        patients.ShouldAllBe(patient => patient.GetProperty("id").GetString()!.StartsWith("pt_"));
        reply.Content.GetProperty("page").GetProperty("totals").GetProperty("patients").GetInt32().ShouldBe(patients.Count);
    }

    [Theory]
    [InlineData("patients born before 1980-03-12")]
    [InlineData("women over 18")]
    public async Task What_the_level_withholds_is_no_criterion_of_a_cohort_of_handles(string text)
    {
        var reply = await _world.CallAsync("analyze_cohort", $$"""{"text":"{{text}}","provider":"550e8400-e29b-41d4-a716-446655440000"}""");
        if (!reply.IsError) reply.Data.GetProperty("queries").GetArrayLength().ShouldBe(0);
        reply.Text.ShouldNotContain("pt_");
    }

    [Fact]
    public async Task Rows_of_OMOP_keep_what_is_clinical_and_join()
    {
        var data = (await _world.CallAsync("fhir_to_omop", $$"""{"fhir_resources":{{Bundle}}}""")).Data;
        var condition = data.GetProperty("condition_occurrence")[0];
        condition.GetProperty("condition_source_value").GetString().ShouldBe("http://snomed.info/sct#44054006");
        condition.GetProperty("condition_concept_id").GetInt32().ShouldBe(201826);
        condition.GetProperty("person_id").ToString().ShouldBe(data.GetProperty("person")[0].GetProperty("person_id").ToString());
        data.GetProperty("mappings")[0].GetProperty("mapping_status").GetString().ShouldBe("ALREADY_STANDARD");
        data.GetProperty("summary").GetProperty("codes_already_standard").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_summary_repeats_only_whom_the_caller_sent()
    {
        var reply = await _world.CallAsync("summarize_fhir", $$"""{"mode":"ips","fhir_resources":{{Bundle}}}""");
        var summary = reply.Data.GetProperty("summary").GetString()!;
        summary.ShouldContain("Type 2 diabetes mellitus");
        summary.ShouldContain("Allergies and Intolerances");
    }

    [Fact]
    public async Task A_dictation_keeps_the_findings()
    {
        byte[] wave = [.. "RIFF"u8, 44, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 64, 31, 0, 0, 64, 31, 0, 0, 1, 0, 8, 0, .. "data"u8, 1, 0, 0, 0, 1];
        var reply = await _world.CallAsync("transcribe_audio", $$"""{"audio":"{{Convert.ToBase64String(wave)}}"}""");
        var text = reply.Data.GetProperty("transcript").GetString()!;
        text.ShouldContain("type 2 diabetes");
        text.ShouldContain("128 over 82");
    }

    [Theory]
    [InlineData("birthdate=le1935-01-01")]
    [InlineData("family=Oppenrath")]
    [InlineData("code=Oppenrath Hildegard")]
    [InlineData("code:text=Oppenrath")]
    [InlineData("date=Oppenrath")]
    [InlineData("_has:Condition:patient:code=Oppenrath&gender=female")]
    [InlineData("Oppenrath")]
    public async Task A_parameter_that_is_not_what_its_name_says_is_withheld(string search)
    {
        var answer = $$"""{"queries":[{"resource_type":"Patient","search_params":"{{search}}"}]}""";
        var stub = new PhenoStub { Answer = (_, _) => Task.FromResult(StubAnswer.Json(answer)) };
        var result = await ToolCalls.RunAsync<UpstreamResult>(stub.Tool("analyze_cohort"), """{"text":"a"}""");
        var redacted = Redaction.Of(result.Sections[0].Rows[0].ToArray(), "phenoml.cohort.query").Json;
        redacted.ShouldNotContain("Oppenrath");
        redacted.ShouldNotContain("1935");
    }
}
