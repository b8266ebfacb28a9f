using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>
/// Keeps the rows that match a look-up whole. The vendor does not say how it matches, and a partial match would let a caller find a
/// name letter by letter.
/// </summary>
internal static class SubjectLookup
{
    public static bool Holds(SearchSubjectsInput asked, ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var subject = json.RootElement;
        return Field(asked.Identifier, subject, "identifier")
            && Field(asked.FirstName, subject, "firstName")
            && Field(asked.LastName, subject, "lastName")
            && (asked.BirthDate is null || Text(subject, "birthDate") is { Length: >= 10 } born && born[..10] == asked.BirthDate)
            && (asked.ExternalIdentifiers is not [var number, ..] || External(subject, number));
    }

    private static bool Field(string? wanted, JsonElement subject, string name) =>
        string.IsNullOrWhiteSpace(wanted) || WholeMatch.Same(wanted, Text(subject, name));

    private static bool External(JsonElement subject, string wanted) =>
        subject.ValueKind == JsonValueKind.Object && subject.TryGetProperty("externalIdentifiers", out var all) && all.ValueKind == JsonValueKind.Array
        && all.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.Object && WholeMatch.Same(wanted, Text(one, "externalIdentifier")));

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
