using System.Buffers;
using System.Text.Json;

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

    /// <summary>A new object, of the members that <paramref name="write"/> writes.</summary>
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Leaves the member out when there is nothing to say.</summary>
    public static void Maybe(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void Strings(this Utf8JsonWriter json, string name, IReadOnlyCollection<string>? values)
    {
        if (values is not { Count: > 0 }) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
