using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>
/// Whether a record holds what was sent. The vendor may write a value another way (F as female, a number without hyphens); nothing else may differ.
/// </summary>
internal static class SubjectMatch
{
    /// <param name="sent">Fields as they were sent; others of the record do not count.</param>
    /// <param name="row">The record as it reads back.</param>
    /// <param name="cleared">Names of fields that must be empty.</param>
    public static bool Holds(JsonObject sent, ReadOnlyMemory<byte> row, IReadOnlyCollection<string>? cleared = null)
    {
        JsonObject? stored;
        try
        {
            stored = JsonNode.Parse(row.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }

        return stored is not null && sent.All(field => field.Key == "options" || Same(field.Key, field.Value, stored[field.Key]))
            && (cleared ?? []).All(name => stored[name] is null || stored[name]!.ToString().Length == 0);
    }

    private static bool Same(string name, JsonNode? sent, JsonNode? stored) => (sent, stored) switch
    {
        (null, _) => true,
        (JsonArray one, JsonArray other) => one.Count == other.Count && one.All(item => other.Any(each => Same("", item, each))),
        (JsonArray { Count: 0 }, null) => true,
        (JsonObject one, JsonObject other) => one.All(field => Same(field.Key, field.Value, other[field.Key])),
        (JsonValue one, JsonValue other) => Value(name, one.ToString(), other.ToString()),
        _ => false,
    };

    private static bool Value(string name, string sent, string stored) => name switch
    {
        "birthDate" or "deathDate" => stored.Length >= 10 && stored[..10] == sent,
        "gender" => stored.StartsWith(sent, StringComparison.OrdinalIgnoreCase),
        "phoneNumber" or "addressPostalCode" => Digits(sent) == Digits(stored),
        "valueDate" => DateTimeOffset.TryParse(sent, null, out var one) && DateTimeOffset.TryParse(stored, null, out var other) && one == other,
        _ => WholeMatch.Plain(sent).Equals(WholeMatch.Plain(stored), StringComparison.OrdinalIgnoreCase),
    };

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);
}
