using System.Buffers;
using System.Text.Json;

namespace HealthMcp.Documents;

/// <summary>A row made here, as UTF-8 JSON.</summary>
internal static class JsonRow
{
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
