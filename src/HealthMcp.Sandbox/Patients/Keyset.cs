using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Where a row stands in an order: the value it is sorted by, then its id. As a cursor it stays good when rows are added or go.</summary>
internal sealed record Keyset(string Value, string Id)
{
    public static Keyset Of(JsonObject row, string field) => new(row.Text(field) ?? "", row.Text("id")!);

    /// <summary>Null when the cursor is malformed.</summary>
    public static Keyset? Read(string cursor)
    {
        try
        {
            return JsonNode.Parse(Convert.FromBase64String(cursor)) is JsonArray { Count: 2 } pair
                ? new(pair[0]!.GetValue<string>(), pair[1]!.GetValue<string>())
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>The value may fall; the id rises in either direction.</summary>
    public int CompareTo(Keyset other, bool descending)
    {
        var order = StringComparer.OrdinalIgnoreCase.Compare(Value, other.Value);
        return order == 0 ? string.CompareOrdinal(Id, other.Id) : descending ? -order : order;
    }

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonArray(Value, Id).ToJsonString()));
}
