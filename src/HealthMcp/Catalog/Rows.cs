using System.Text.Json;

namespace HealthMcp.Catalog;

/// <summary>Cuts an answer into its rows without turning it into objects: each row is a slice of the bytes that came.</summary>
internal static class Rows
{
    /// <summary>Rows of the array at the top-level property <paramref name="name"/>; none when it is absent.</summary>
    /// <exception cref="JsonException">The bytes are not the JSON that the contract promises.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> At(ReadOnlyMemory<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("object expected");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals(name);
            reader.Read();
            if (wanted && reader.TokenType == JsonTokenType.StartArray) return Slice(json, ref reader);
            reader.Skip();
        }

        return [];
    }

    /// <summary>Rows of an answer that is an array itself.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.StartArray ? Slice(json, ref reader) : throw new JsonException("array expected");
    }

    private static List<ReadOnlyMemory<byte>> Slice(ReadOnlyMemory<byte> json, ref Utf8JsonReader reader)
    {
        var rows = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            rows.Add(json[start..(int)reader.BytesConsumed]);
        }

        return rows;
    }
}
