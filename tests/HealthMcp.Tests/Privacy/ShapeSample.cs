using System.Text.Json;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>An answer in which every leaf of a shape carries its own marker.</summary>
internal sealed class ShapeSample
{
    private readonly ShapeCatalog _shapes;
    private readonly int _depth;
    private readonly string _salt;
    private readonly MemoryStream _stream = new();
    private int _count;

    private ShapeSample(ShapeCatalog shapes, string salt, int depth) => (_shapes, _salt, _depth) = (shapes, salt, depth);

    /// <summary>Marker and class of every string leaf.</summary>
    public List<(string Marker, FieldClass Class, string Path)> Leaves { get; } = [];

    public string Json { get; private set; } = "";

    public static ShapeSample Of(ShapeCatalog shapes, string shape, string salt, int depth = 4)
    {
        var sample = new ShapeSample(shapes, salt, depth);
        using (var writer = new Utf8JsonWriter(sample._stream)) sample.Write(writer, shapes.Find(shape)!, shape, 0);
        sample.Json = System.Text.Encoding.UTF8.GetString(sample._stream.ToArray());
        return sample;
    }

    private void Write(Utf8JsonWriter writer, Shape shape, string path, int depth, string? refers = null)
    {
        writer.WriteStartObject();
        foreach (var field in shape.Fields)
        {
            if (depth >= _depth && field.Class is FieldClass.Object or FieldClass.Extension) continue;
            if (field.Class == FieldClass.Resource) continue;
            writer.WritePropertyName(field.Name);
            if (field.Many) writer.WriteStartArray();
            Value(writer, field, shape, path + "." + field.Name, depth, refers);
            if (field.Many) writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void Value(Utf8JsonWriter writer, Field field, Shape shape, string path, int depth, string? refers)
    {
        // What a reference to neither person nor place is called is text.
        var kind = field.Class == FieldClass.Display && refers == "c" ? FieldClass.Text : field.Class;
        if (field.Name == "resourceType") writer.WriteStringValue(shape.Name["fhir/".Length..]);
        else if (field.Target is not null) Write(writer, _shapes.Find(field.Target)!, path, depth + 1, field.Argument);
        else if (field.Type is "number" or "integer") writer.WriteNumberValue(7);
        else if (field.Type == "boolean") writer.WriteBooleanValue(true);
        else writer.WriteStringValue(Marker(kind, path));
    }

    private string Marker(FieldClass kind, string path)
    {
        // Letters where a word is expected: one with many digits is a number of somebody, and goes.
        var letters = kind is FieldClass.Term or FieldClass.Clinical;
        var count = $"{++_count:x5}";
        var marker = $"Q{_salt}{(letters ? string.Concat(count.Select(c => (char)('b' + Convert.ToInt32(c.ToString(), 16)))) : count)}z";
        Leaves.Add((marker, kind, path));
        return kind == FieldClass.Text ? $"see {Leaves.FirstOrDefault(leaf => leaf.Class == FieldClass.Name).Marker ?? "nobody"} today" : marker;
    }
}
