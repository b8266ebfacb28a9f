using System.Collections.Frozen;

namespace HealthMcp.Privacy;

/// <summary>The fields of a person that text going up may ask for as <c>{{pt_….name}}</c>. A closed list.</summary>
internal static class LabelFields
{
    public const string Name = "name";
    public const string FirstName = "first_name";
    public const string MiddleName = "middle_name";
    public const string LastName = "last_name";
    public const string BirthDate = "birth_date";
    public const string Phone = "phone";
    public const string Email = "email";
    public const string Address = "address";
    public const string Mrn = "mrn";

    public static readonly IReadOnlyList<string> All = [Name, FirstName, MiddleName, LastName, BirthDate, Phone, Email, Address, Mrn];

    private static readonly FrozenDictionary<string, FieldClass> Classes = new Dictionary<string, FieldClass>(StringComparer.Ordinal)
    {
        [Name] = FieldClass.Name,
        [FirstName] = FieldClass.Name,
        [MiddleName] = FieldClass.Name,
        [LastName] = FieldClass.Name,
        [BirthDate] = FieldClass.Birth,
        [Phone] = FieldClass.Contact,
        [Email] = FieldClass.Contact,
        [Address] = FieldClass.Street,
        [Mrn] = FieldClass.Number,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The label, or nothing when the record does not hold a usable value.</summary>
    public static IEnumerable<Label> Of(string field, string? value) =>
        value?.Trim() is { Length: > 0 and <= Label.Longest } kept ? [new Label(field, Classes[field], kept)] : [];

    /// <summary>Parts with a blank between them; null when there is none.</summary>
    public static string? Joined(string separator, params ReadOnlySpan<string?> parts)
    {
        var given = new List<string>();
        foreach (var part in parts) if (!string.IsNullOrWhiteSpace(part)) given.Add(part.Trim());
        return given.Count == 0 ? null : string.Join(separator, given);
    }
}
