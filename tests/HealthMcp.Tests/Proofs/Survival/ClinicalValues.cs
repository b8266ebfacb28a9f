using System.Text.Json.Nodes;
using HealthMcp.Tests.Proofs.R4;

namespace HealthMcp.Tests.Proofs.Survival;

/// <summary>Values as charts have them, for every leaf of a generated resource.</summary>
internal sealed class ClinicalValues
{
    private const string Race = """
        {"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-race","extension":[{"url":"ombCategory","valueCoding":
        {"system":"urn:oid:2.16.840.1.113883.6.238","code":"2106-3","display":"White"}},{"url":"text","valueString":"White"}]}
        """;

    private static readonly (string System, string Code, string Display)[] Codings =
    [
        ("http://loinc.org", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"), ("http://snomed.info/sct", "49049000", "Parkinson's disease (disorder)"),
        ("http://snomed.info/sct", "24526004", "Crohn's disease"), ("http://loinc.org", "30525-0", "Age"),
        ("http://www.nlm.nih.gov/research/umls/rxnorm", "860975", "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "E11.9", "Type 2 diabetes mellitus without complications"),
        ("http://hl7.org/fhir/sid/cvx", "208", "COVID-19 vaccine"),
        ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatory"), ("http://snomed.info/sct", "60573004", "Aortic valve stenosis"),
    ];

    private static readonly (string Unit, string Code)[] Units =
        [("mmHg", "mm[Hg]"), ("mg/dL", "mg/dL"), ("%", "%"), ("beats/minute", "/min"), ("kg", "kg"), ("°C", "Cel")];

    private int _count;

    public JsonNode? Leaf(R4Leaf leaf)
    {
        var element = leaf.Element;
        var coding = Codings[_count % Codings.Length];
        var unit = Units[_count % Units.Length];
        return element.Path switch
        {
            "Coding.system" => JsonValue.Create(coding.System),
            "Coding.code" => JsonValue.Create(coding.Code),
            "Coding.display" => JsonValue.Create(Codings[_count++ % Codings.Length].Display),
            "Quantity.unit" or "Age.unit" => JsonValue.Create(unit.Unit),
            "Quantity.code" or "Age.code" => JsonValue.Create(element.Path[0] == 'A' ? "a" : Units[_count++ % Units.Length].Code),
            "Quantity.system" or "Age.system" => JsonValue.Create("http://unitsofmeasure.org"),
            "SampledData.data" => JsonValue.Create("2041 2043 2037 E L U"),
            _ => ByType(element),
        };
    }

    private JsonNode? ByType(R4Element element) => element.Type switch
    {
        "code" => JsonValue.Create(element.Property == "gender" ? "female" : element.Property == "comparator" ? "<" : "final"),
        "boolean" => JsonValue.Create(_count++ % 2 == 0),
        "integer" or "positiveInt" or "unsignedInt" => JsonValue.Create(++_count),
        "decimal" => JsonNode.Parse($"{++_count}.50"),
        "Extension" => element.Property == "extension" ? new JsonArray(JsonNode.Parse(Race), Unknown()) : null,
        _ => null,
    };

    private static JsonNode Unknown() => JsonNode.Parse("""{"url":"https://clinic.example/local","valueCode":"x"}""")!;
}
