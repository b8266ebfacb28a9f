using HealthMcp.Pipeline;
using HealthMcp.Tests.Support;
using NJsonSchema;

namespace HealthMcp.Tests.Core;

/// <summary>What a tool answers is what its output schema promises: clients refuse an answer that does not fit.</summary>
public sealed class OutputSchemaTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Theory]
    [InlineData("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")]
    [InlineData("search_subjects", """{"firstName":"Nobody","lastName":"Atall"}""")]
    [InlineData("search_subjects", """{"firstName":7}""")]
    [InlineData("search_subjects", """{"labels":["demo"],"fields":["gender"]}""")]
    [InlineData("get_clinical_concepts", """{"subject":"e08e4764-60ba-4b27-8d81-18e7cb0d3892"}""")]
    [InlineData(
        "get_clinical_concepts",
        """{"subject":"e08e4764-60ba-4b27-8d81-18e7cb0d3892","kinds":["condition","medication","allergy","procedure","biomarker","coverage","demographic"],"max_bytes":262144}""")]
    [InlineData(
        "get_clinical_concepts",
        """{"subject":"e08e4764-60ba-4b27-8d81-18e7cb0d3892","kinds":["encounter","family_history","imaging","lab","social_history","survey","radiation","vital"],"max_bytes":262144}""")]
    [InlineData("record_vitals", """{"patient":"0edaa0d0-ffd2-4a24-8c17-f6ebfb64a40b","date_taken":"2026-11-20","pulse":70}""")]
    [InlineData("record_vitals", """{"patient":"0edaa0d0-ffd2-4a24-8c17-f6ebfb64a40b","date_taken":"2026-11-20"}""")]
    [InlineData(
        "extract_codes",
        """{"text":"Asthma and hypertension.","system":{"name":"ICD-10-CM"},"config":{"include_citations":true,"include_ancestors":true,"chunking_method":"sentences"}}""")]
    [InlineData("lang2fhir_create", """{"text":"Asthma","resource":"auto"}""")]
    [InlineData("drcloud_fhir_search", """{"type":"Observation","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812","include_provenance":true}""")]
    [InlineData("drcloud_fhir_search", """{"type":"Patient","query":"family=Jones&given=Marissa"}""")]
    [InlineData("drcloud_fhir_search", """{"type":"Condition","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812","include":["encounter"],"elements":["code"]}""")]
    [InlineData("drcloud_fhir_search", """{"type":"Condition","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812","count_only":true}""")]
    public async Task The_answer_fits_the_schema(string tool, string arguments)
    {
        var schema = await JsonSchema.FromJsonAsync(OutputSchema.Of(fixture.World.App.Tools.Find(tool)!.Definition).GetRawText());
        var reply = await fixture.CallAsync(tool, arguments);

        schema.Validate(reply.Content.GetRawText()).Select(e => $"{e.Path}: {e.Kind}").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_written_record_fits_too()
    {
        const string Arguments = """{"patient":"0edaa0d0-ffd2-4a24-8c17-f6ebfb64a40b","date_taken":"2026-11-20","bp_systolic":190,"bp_diastolic":125}""";
        var schema = await JsonSchema.FromJsonAsync(OutputSchema.Of(fixture.World.App.Tools.Find("record_vitals")!.Definition).GetRawText());
        var preview = await fixture.CallAsync("record_vitals", Arguments);
        var written = await fixture.CallAsync("record_vitals", Arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        written.IsError.ShouldBeFalse(written.Text);
        schema.Validate(written.Content.GetRawText()).Select(e => $"{e.Path}: {e.Kind}").ShouldBeEmpty();
    }
}
