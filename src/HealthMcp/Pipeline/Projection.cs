using System.Buffers;
using System.Text.Json;

namespace HealthMcp.Pipeline;

/// <summary>Keeps only the named fields of a row. A path runs through arrays: <c>code.coding.code</c> means the code of each coding.</summary>
internal static class Projection
{
    // Without these an agent could not tell what a row is, or ask for it again.
    private static readonly string[] AlwaysKept = ["id", "resourceType"];

    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> row, IReadOnlyList<string> fields)
    {
        var wanted = new Tree();
        foreach (var field in fields.Concat(AlwaysKept)) wanted.Add(field.Split('.'));
        var buffer = new ArrayBufferWriter<byte>(row.Length);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writing))
        {
            var reader = new Utf8JsonReader(row.Span);
            reader.Read();
            Copy(ref reader, json, wanted);
        }

        return buffer.WrittenMemory;
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter json, Tree wanted)
    {
        if (wanted.IsLeaf || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            using var whole = JsonDocument.ParseValue(ref reader);
            whole.RootElement.WriteTo(json);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            json.WriteStartArray();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Copy(ref reader, json, wanted);
            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) Member(ref reader, json, wanted);
            json.WriteEndObject();
        }
    }

    private static void Member(ref Utf8JsonReader reader, Utf8JsonWriter json, Tree wanted)
    {
        var name = reader.GetString()!;
        reader.Read();
        if (wanted.Find(name) is { } inner)
        {
            json.WritePropertyName(name);
            Copy(ref reader, json, inner);
        }
        else
        {
            reader.Skip();
        }
    }

    private sealed class Tree
    {
        private readonly Dictionary<string, Tree> _children = new(StringComparer.Ordinal);

        public bool IsLeaf { get; private set; }

        public Tree? Find(string name) => _children.GetValueOrDefault(name);

        public void Add(ReadOnlySpan<string> path)
        {
            if (path.IsEmpty)
            {
                IsLeaf = true;
                return;
            }

            if (!_children.TryGetValue(path[0], out var child)) _children[path[0]] = child = new Tree();
            child.Add(path[1..]);
        }
    }
}
