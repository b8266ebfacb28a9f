using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using static HealthMcp.Upstreams.DrCloud.Saving.ResourceList;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>Whether a stored practitioner holds what was sent. A server may add to it; what it leaves out or changes is told by element.</summary>
internal static class PractitionerMatch
{
    // The server's own: id and meta it makes, and the narrative it may write anew.
    private static readonly string[] Servers = ["resourceType", "id", "meta", "text", "implicitRules", "contained"];

    /// <summary>Names of elements that were sent and are not stored so.</summary>
    public static IReadOnlyList<string> Lost(JsonObject sent, JsonObject stored) =>
        [.. sent.Where(member => !Servers.Contains(member.Key, StringComparer.Ordinal) && !Holds(member.Value, stored[member.Key]))
            .Select(member => member.Key)];

    /// <summary>Names of elements that were taken out and are there all the same.</summary>
    public static IReadOnlyList<string> Stayed(PractitionerMerge merge, JsonObject stored) =>
        [.. merge.Cleared.Where(element => !Holds(stored[element], merge.Resource[element]))];

    /// <summary>They are of the same person: the same NPI where both have one, and the same family and first name.</summary>
    public static bool IsSame(JsonObject one, JsonObject other) =>
        (Npi(one) is not { } npi || Npi(other) == npi)
        && new ResourceList(one, "name").Entries.Any(mine => new ResourceList(other, "name").Entries.Any(theirs =>
            WholeMatch.Same(Text(mine, "family"), Text(theirs, "family")) && WholeMatch.Same(First(mine), First(theirs))));

    public static string? Npi(JsonObject practitioner) =>
        new ResourceList(practitioner, "identifier").Find(entry => Text(entry, "system") == PractitionerMerge.NpiSystem) is { } entry
            ? Text(entry, "value")
            : null;

    private static string? First(JsonObject name) => name["given"] is JsonArray { Count: > 0 } given && given[0] is JsonValue value ? value.ToString() : null;

    private static bool Holds(JsonNode? sent, JsonNode? stored) => (sent, stored) switch
    {
        (null, _) => true,
        (JsonObject one, JsonObject other) => one.All(member => IsAside(one, member.Key) || Holds(member.Value, other[member.Key])),
        (JsonArray one, JsonArray other) => one.All(item => other.Any(each => Holds(item, each))),
        (JsonValue one, JsonValue other) when one.GetValueKind() == JsonValueKind.String =>
            WholeMatch.Plain(one.ToString()) == WholeMatch.Plain(other.ToString()),
        (JsonValue one, JsonValue other) => JsonNode.DeepEquals(one, other),
        _ => false,
    };

    // The vendor's ancestor has one e-mail address, which it calls one at home, and one address without a use, whatever was sent.
    private static bool IsAside(JsonObject entry, string member) =>
        member == "use" && (Text(entry, "system") == "email" || entry.ContainsKey("city") || entry.ContainsKey("line") || entry.ContainsKey("state"));
}
