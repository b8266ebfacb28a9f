using System.Text;
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

    /// <summary>Sibling of Age.value, and of Quantity.value where it is a unit of time.</summary>
    public string? Unit { get; init; }

    /// <summary>A quantity without a unit of time: its value is no age.</summary>
    public bool IsTimeless { get; init; }

    /// <summary>Inside a contained resource: its id is local to the answer.</summary>
    public bool Contained { get; init; }

    /// <summary>Inside an extension that is known: its parts have short names instead of URLs.</summary>
    public bool InExtension { get; init; }

    /// <summary>In a FHIR resource, which may hold no empty array.</summary>
    public bool IsFhir { get; init; }

    /// <param name="field">The field that the object is the value of.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="reader">Stands at its start.</param>
    /// <param name="json">What <paramref name="reader"/> reads.</param>
    /// <param name="parent">The context around it.</param>
    public static Context Of(Field field, Shape shape, in Utf8JsonReader reader, ReadOnlySpan<byte> json, in Context parent)
    {
        var time = shape.Looks == Lookahead.Quantity ? TimeUnit(reader, json) : null;
        return new()
        {
            Prefix = field.Argument,
            Contained = parent.Contained || (field.Class == FieldClass.Resource && field.Name == "contained"),
            IsFhir = shape.IsFhir,
            InExtension = parent.InExtension || field.Class == FieldClass.Extension,
            Refers = shape.Looks == Lookahead.Reference ? Target(reader, json, field.Argument) : '\0',
            ContentType = shape.Looks == Lookahead.File ? Look(reader, json, "contentType"u8) : null,
            Unit = shape.Looks == Lookahead.Age ? Look(reader, json, "code"u8) ?? Look(reader, json, "unit"u8) : time,
            IsTimeless = shape.Looks == Lookahead.Quantity && time is null,
        };
    }

    /// <summary>What the display of a leaf is, by what is referred to; the class of any other leaf.</summary>
    public FieldClass ClassOf(Field field) => field.Class != FieldClass.Display ? field.Class : Refers switch
    {
        'o' => FieldClass.Facility,
        'c' => FieldClass.Text,
        _ => FieldClass.Name,
    };

    /// <summary>The first string of this name in the object that the reader stands at; the first is also the one that is written.</summary>
    public static string? Look(in Utf8JsonReader reader, ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) =>
        TryLook(reader, json, name, out var value) ? Encoding.UTF8.GetString(value) : null;

    /// <inheritdoc cref="Look"/>
    public static bool TryLook(in Utf8JsonReader reader, ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        LeadingMember.Is(json[(int)reader.TokenStartIndex..], name, out value) || Search(reader, name, out value);

    private static bool Search(Utf8JsonReader reader, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                if (reader.TokenType != JsonTokenType.String) return false;
                value = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>By its code, or by the word for people: the code may be missing or another system's.</summary>
    private static string? TimeUnit(in Utf8JsonReader reader, ReadOnlySpan<byte> json) =>
        (TryLook(reader, json, "code"u8, out var unit) ? SafeHarbor.TimeUnit(unit) : null)
        ?? (TryLook(reader, json, "unit"u8, out unit) ? SafeHarbor.TimeUnit(unit) : null);

    private static char Target(in Utf8JsonReader reader, ReadOnlySpan<byte> json, string? declared)
    {
        if (TryLook(reader, json, "reference"u8, out var reference) && FhirReference.Split(reference, out var type, out _))
            return FhirTypes.Refers(FhirTypes.Find(type), declared);
        return FhirTypes.Refers(TryLook(reader, json, "type"u8, out type) ? FhirTypes.Find(type) : null, declared);
    }
}
