using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>What the leaves of one object need to know of their siblings and of where they stand. Found by looking ahead.</summary>
internal readonly record struct Context
{
    /// <summary>Handle prefix for ids whose row says <c>$</c>.</summary>
    public string? Prefix { get; init; }

    /// <summary>What a reference points at: p person, o organisation or place, c other, a anything.</summary>
    public char Refers { get; init; }

    /// <summary>Sibling of Attachment.data and Binary.data.</summary>
    public string? ContentType { get; init; }

    /// <summary>Sibling of Age.value.</summary>
    public string? Unit { get; init; }

    /// <summary>Inside a contained resource: its id is local to the answer.</summary>
    public bool Contained { get; init; }

    /// <summary>Inside an extension that is known: its parts have short names instead of URLs.</summary>
    public bool InExtension { get; init; }

    /// <summary>In a FHIR resource, which may hold no empty array.</summary>
    public bool IsFhir { get; init; }

    public static Context Of(Field field, Shape shape, in Utf8JsonReader reader, in Context parent)
    {
        var context = new Context
        {
            Prefix = field.Argument,
            Contained = parent.Contained || (field.Class == FieldClass.Resource && field.Name == "contained"),
            IsFhir = shape.Name.StartsWith("fhir/", StringComparison.Ordinal),
            InExtension = parent.InExtension || field.Class == FieldClass.Extension,
        };
        return shape.Name switch
        {
            "fhir/Reference" => context with { Refers = Target(reader, field.Argument) },
            "fhir/Attachment" or "fhir/Binary" => context with { ContentType = Look(reader, "contentType"u8) },
            "fhir/Age" => context with { Unit = Look(reader, "code"u8) ?? Look(reader, "unit"u8) },
            _ => context,
        };
    }

    /// <summary>The first string of this name in the object that the reader stands at; the first is also the one that is written.</summary>
    public static string? Look(Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }

    private static char Target(in Utf8JsonReader reader, string? declared) =>
        FhirTypes.Refers(FhirReference.TypeOf(Look(reader, "reference"u8)) ?? Look(reader, "type"u8), declared);
}
