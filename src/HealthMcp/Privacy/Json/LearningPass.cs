using System.Text;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>
/// Walks a part of an answer that is not shown (an unknown extension, a property that repeats) for what identifies: a name in it must not stay in a note.
/// </summary>
internal sealed class LearningPass(ShapeCatalog shapes, RedactionSession session)
{
    /// <summary>True for what free text is searched for.</summary>
    public static bool Learns(FieldClass kind) => kind is FieldClass.Name or FieldClass.Facility or FieldClass.Employer or FieldClass.Street
        or FieldClass.City or FieldClass.Contact or FieldClass.Id or FieldClass.Number;

    /// <summary>The reader stands at the value, and then at its end.</summary>
    public void Value(Field? field, in Context context, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (field is null || session.Level == PrivacyLevel.Identified)
        {
            reader.Skip();
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Value(field, context, ref reader, json);
                break;
            case JsonTokenType.StartObject:
                Object(field, context, ref reader, json);
                break;
            case JsonTokenType.String or JsonTokenType.Number when context.ClassOf(field) is var kind && Learns(kind):
                session.Learn(kind, reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
                break;
        }
    }

    private void Object(Field field, in Context parent, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (Below(field, reader, json) is not { } shape)
        {
            reader.Skip();
            return;
        }

        var context = Context.Of(field, shape, reader, json, parent);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var inner = shape.Find(reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
            reader.Read();
            Value(inner, context, ref reader, json);
        }
    }

    private Shape? Below(Field field, in Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (field.Class != FieldClass.Resource) return field.Target is null ? null : shapes.Below(field);
        return Context.TryLook(reader, json, "resourceType"u8, out var name) && FhirTypes.Find(name) is { } type ? shapes.Find(type.Shape) : null;
    }
}
