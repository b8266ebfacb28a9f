using System.Text;
using System.Text.Json;
using HealthMcp.FhirR4.Summaries;
using HealthMcp.Http;
using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;
using HealthMcp.Upstreams.DrCloud.Reading;

namespace HealthMcp.Tests.Upstreams.DrCloud.Reading;

/// <summary>A file on its way out: wrapped, redacted, shown. Texts, C-CDA and FHIR can be read then; what cannot be read here is withheld.</summary>
public sealed class FileContentTests
{
    private const string Document = """
        <?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><id extension="998877"/><patient><name><given>Marissa</given>
        <family>Jones</family></name></patient></patientRole></recordTarget><component><structuredBody><component><section><title>Problems</title>
        <text>Patient name: Marissa Jones. Asthma, moderate persistent, seen 03/02/2024.</text></section></component></structuredBody></component></ClinicalDocument>
        """;

    [Theory]
    [InlineData("text/plain", "Patient name: Marissa Jones. Asthma since 03/02/2024.", "Asthma")]
    [InlineData("text/plain; charset=utf-8", "Patient name: Marissa Jones. Asthma since 03/02/2024.", "Asthma")]
    [InlineData("application/xml", Document, "Asthma, moderate persistent")]
    [InlineData("application/hl7-v3+xml", Document, "Asthma, moderate persistent")]
    [InlineData("application/json", """{"resourceType":"Condition","code":{"text":"Asthma"},"subject":{"display":"Marissa Jones"},"onsetDateTime":"2024-03-02"}""", "Asthma")]
    public void What_can_be_read_is_text_without_what_identifies(string type, string content, string kept)
    {
        var text = Shown(type, content).GetProperty("text").GetString()!;
        text.ShouldContain(kept);
        text.ShouldNotContain("Marissa");
        text.ShouldNotContain("Jones");
        text.ShouldNotContain("998877");
        text.ShouldNotContain("03/02");
    }

    [Theory]
    [InlineData("application/pdf", "%PDF-1.4 Marissa Jones")]
    [InlineData("image/png", "Marissa Jones")]
    [InlineData("", "Marissa Jones")]
    [InlineData("application/json", "Marissa Jones")]
    [InlineData("text/rtf", @"{\rtf1 Marissa Jones}")]
    public void What_cannot_be_read_here_is_withheld(string type, string content)
    {
        var shown = Shown(type, content);
        shown.TryGetProperty("text", out _).ShouldBeFalse();
        shown.TryGetProperty("data", out _).ShouldBeFalse();
        shown.GetProperty("resourceType").GetString().ShouldBe("Binary");
    }

    [Fact]
    public void At_the_identified_level_a_file_is_what_it_is() =>
        Shown("application/xml", Document, PrivacyLevel.Identified).GetProperty("text").GetString().ShouldBe(Document);

    private static JsonElement Shown(string type, string content, PrivacyLevel level = PrivacyLevel.Deidentified)
    {
        var media = type.Split(';')[0];
        var row = BinaryFile.Of(new UpstreamResponse(200, Encoding.UTF8.GetBytes(content), media), "b1");
        var redacted = Redaction.Of(row.ToArray(), "fhir.resource", level).Json;
        return JsonElement.Parse(ReadableFiles.Of(Encoding.UTF8.GetBytes(redacted)).Span);
    }
}
