using System.Text.Json.Nodes;
using HealthMcp.Tests.Proofs.R4;

namespace HealthMcp.Tests.Proofs.Removal;

/// <summary>A value that an element may hold and that the classes treat differently.</summary>
/// <param name="Text">For strings.</param>
internal sealed record Probe(string Text)
{
    private const string Standard = "http://hl7.org/fhir/sid/us-ssn";

    /// <summary>A name that no list has, a long number, the namespace of a standard, dates, a ZIP code, a word, a reference and a file.</summary>
    public static IReadOnlyList<Probe> All { get; } =
    [
        new("Bagedufix"), new("AB12CD34EF"), new(Standard), new("1961-03-14"), new("1931-03-14"), new("02139"),
        new("final"), new("Patient/AB12CD34EF"), new("QmFnZWR1Zml4"),
    ];

    public JsonNode? Value(R4Leaf leaf) => leaf.Element.Type switch
    {
        "boolean" => JsonValue.Create(true),
        "integer" or "positiveInt" or "unsignedInt" or "decimal" => JsonValue.Create(95),
        // A range of ages is one whatever its units say.
        "code" when leaf.Element.Path == "Quantity.code" && !leaf.Path.Contains("Range.", StringComparison.Ordinal) => JsonValue.Create("a"),
        "Extension" => leaf.Element.Property == "extension" ? JsonNode.Parse($$"""
            [{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex","valueCode":"F"},{"url":"https://clinic.example/x","valueString":"{{Text}}"}]
            """) : null,
        "Resource" => new JsonObject { ["resourceType"] = "Patient", ["gender"] = "female" },
        "xhtml" => JsonValue.Create($"<div xmlns=\"http://www.w3.org/1999/xhtml\">{Text}</div>"),
        _ => JsonValue.Create(Text),
    };
}
