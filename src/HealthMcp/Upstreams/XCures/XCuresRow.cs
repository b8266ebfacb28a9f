using System.Text.Json;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.XCures;

/// <summary>One record as UTF-8 JSON: a member read, a copy without some members, a new one.</summary>
internal static class XCuresRow
{
    /// <summary>Null when it is absent, null or no string.</summary>
    public static string? Text(ReadOnlyMemory<byte> row, string name)
    {
        using var json = JsonDocument.Parse(row);
        return Text(json.RootElement, name);
    }

    public static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> row, params IReadOnlyCollection<string> names) => Of(json =>
    {
        using var given = JsonDocument.Parse(row);
        foreach (var member in given.RootElement.EnumerateObject().Where(member => !names.Contains(member.Name))) member.WriteTo(json);
    });

    /// <inheritdoc cref="JsonRow.Of"/>
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> write) => JsonRow.Of(write);
}
