using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>Prose where a contract leaves room for a word, and objects that lose all they had.</summary>
public sealed class ProseTests
{
    private const string Hostile = "home with sister Karen Williams, 617-555-0188, on 10/15/2020";

    public static TheoryData<string, string> Words
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var shape in Redaction.Catalog.Names.Where(name => !name.EndsWith("page", StringComparison.Ordinal)
                && !name.EndsWith("cursor", StringComparison.Ordinal)))
                foreach (var leaf in Redaction.Catalog.Fields(shape)
                    .Where(known => known is { Type: "string", Many: false } && !known.Path.Contains('.') && !known.Path.Contains('[')))
                    data.Add(shape, leaf.Path);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Prose_in_any_string_of_a_contract_is_scrubbed(string shape, string field)
    {
        foreach (var level in (PrivacyLevel[])[PrivacyLevel.Deidentified, PrivacyLevel.Limited])
        {
            var output = Redaction.Of($$"""{"{{field}}":"{{Hostile}}"}""", shape, level).Json;
            foreach (var secret in (string[])["Karen", "Williams", "555-0188"]) output.ShouldNotContain(secret);
            if (level == PrivacyLevel.Deidentified) output.ShouldNotContain("10/15");
        }
    }

    [Theory]
    [InlineData("""{"resourceType":"Condition","code":{"coding":[{"system":"http://snomed.info/sct","code":"1","display":"Asthma, told by Karen Williams on 10/15/2020"}],"text":"Seen with Karen Williams"}}""")]
    [InlineData("""{"resourceType":"Observation","valueQuantity":{"value":1,"unit":"mg, says Karen Williams","code":"see Karen Williams"}}""")]
    [InlineData("""{"resourceType":"Patient","gender":"ask Karen Williams","address":[{"country":"home of Karen Williams"}]}""")]
    [InlineData("""{"resourceType":"Patient","gender":"karen.williams@example.org","language":"Karen\u0020Williams"}""")]
    public void Prose_in_codes_displays_and_units_of_FHIR_is_scrubbed(string json)
    {
        var output = Redaction.Of(json, "fhir.resource").Json.ToUpperInvariant();
        foreach (var secret in (string[])["KAREN", "WILLIAMS", "10/15"]) output.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("xcures.concept.condition", "stage", "IIIA (T2 N2 M0)")]
    [InlineData("xcures.concept.condition", "conditionName", "Graves disease")]
    [InlineData("xcures.concept.condition", "metastaticSites", "T8 vertebra, left iliac crest")]
    [InlineData("xcures.concept.medication", "medicationName", "Docetaxel 80 MG/4 ML Injection")]
    [InlineData("xcures.concept.medication", "doseUnit", "2 tablets")]
    [InlineData("xcures.concept.lab", "rangeHigh", "1 of 3")]
    [InlineData("xcures.concept.lab", "labResultUnit", "10*3/uL")]
    [InlineData("xcures.concept.biomarker", "alteration", "c.5266dupC (p.Gln1756fs)")]
    [InlineData("xcures.concept.biomarker", "biomarker", "PIK3CA")]
    [InlineData("xcures.concept.demographic", "ethnicity", "Not Hispanic or Latino")]
    [InlineData("patients.patient", "balance_total", "-1234.50")]
    [InlineData("phenoml.extract", "description", "Essential (primary) hypertension")]
    public void Words_of_medicine_stay_as_they_are(string shape, string field, string value) =>
        Redaction.Of($$"""{"{{field}}":"{{value}}"}""", shape).Root.GetProperty(field).GetString().ShouldBe(value);

    [Fact]
    public void Codes_of_a_concept_stay_byte_for_byte() =>
        Redaction.Of("""{"codes":["http://snomed.info/sct|252742000","icd10pcs:0JH60WZ"]}""", "xcures.concept.procedure").Json
            .ShouldBe("""{"codes":["http://snomed.info/sct|252742000","icd10pcs:0JH60WZ"]}""");

    [Theory]
    [InlineData("""{"resourceType":"Patient","name":[{"family":"Bone"}],"contact":[{"name":{"text":"A"}}],"active":true}""", """{"resourceType":"Patient","active":true}""")]
    [InlineData("""{"resourceType":"Patient","name":[{"family":"Bone","use":"usual"},{"text":"X"}]}""",
        """{"resourceType":"Patient","name":[{"use":"usual"}]}""")]
    [InlineData("""{"resourceType":"Patient","photo":[{}],"gender":"male"}""", """{"resourceType":"Patient","gender":"male"}""")]
    public void What_lost_all_it_had_goes_as_a_whole(string json, string output) => Redaction.Of(json, "fhir.resource").Json.ShouldBe(output);

    [Fact]
    public void Rows_without_a_shape_go_and_are_counted()
    {
        var redaction = Redaction.Of("""{"ingredients":[{"name":"x"},{"name":"y"}],"dose":2}""", "xcures.concept.medication");
        redaction.Json.ShouldBe("""{"ingredients":[],"dose":2}""");
        redaction.Session.Withheld["unclassified"].ShouldBe(2);
    }

    [Fact]
    public void Extensions_beside_values_keep_their_places()
    {
        const string Json = """{"resourceType":"Questionnaire","code":[{"code":"a"}],"subjectType":["Patient","Person"],"_subjectType":[{"extension":[{"url":"http://x.org/y","valueString":"z"}]},{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}]}""";
        Redaction.Of(Json, "fhir.resource").Root.GetProperty("_subjectType").GetArrayLength().ShouldBe(2);
    }
}
