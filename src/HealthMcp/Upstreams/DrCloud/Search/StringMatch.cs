using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR string search: the field begins with the value, whatever case and accents; names and addresses by each of their parts.</summary>
internal static class StringMatch
{
    private static readonly string[] NameParts = ["family", "given", "prefix", "suffix", "text"];
    private static readonly string[] AddressParts = ["text", "line", "city", "district", "state", "postalCode", "country"];

    public static bool Holds(JsonElement value, string datatype, string? modifier, bool whole, SearchValue asked)
    {
        var wanted = FhirEscape.Plain(asked.Text);
        var folded = Folded.Of(wanted);
        return Texts(value, datatype).Any(text => modifier switch
        {
            "exact" when !whole => string.Equals(text, wanted, StringComparison.Ordinal),
            "contains" => Folded.Of(text).Contains(folded, StringComparison.Ordinal),
            _ when whole => string.Equals(Folded.Of(text.Trim()), folded.Trim(), StringComparison.Ordinal),
            _ => Folded.Of(text).StartsWith(folded, StringComparison.Ordinal),
        });
    }

    public static IEnumerable<string> Texts(JsonElement value, string datatype) => datatype switch
    {
        "HumanName" => Parts(value, NameParts),
        "Address" => Parts(value, AddressParts),
        _ => Leaves(value),
    };

    private static IEnumerable<string> Parts(JsonElement value, string[] names) =>
        value.ValueKind != JsonValueKind.Object ? [] : names.SelectMany(name => value.TryGetProperty(name, out var part) ? Leaves(part) : []);

    private static IEnumerable<string> Leaves(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Leaves),
        _ => [],
    };
}
