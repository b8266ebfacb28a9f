using HealthMcp.Privacy;

namespace HealthMcp.Tests.Proofs.Removal;

/// <summary>
/// What each level shows of a value of each class, written down once more and not read from the rules: 164.514(b)(2), 164.514(e)(2), all but
/// raw ids and secrets. Null is withheld, <see cref="Same"/> as it came.
/// </summary>
internal static class ClassLevelTable
{
    public const string Same = "=";

    private const string Word = "Bagedufix";

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(FieldClass.Clinical, "final", Same, Same, Same),
        new(FieldClass.Clinical, "Maria Fernandez called", "[name] called", "[name] called", Same),
        new(FieldClass.Clinical, "maria@mail.example", "[email]", "[email]", Same),
        new(FieldClass.Code, "E11.9", Same, Same, Same),
        new(FieldClass.Code, "Maria Fernandez called", "[name] called", "[name] called", Same),
        new(FieldClass.Meta, "3", Same, Same, Same),
        new(FieldClass.Country, "US", Same, Same, Same),
        new(FieldClass.Term, "Asthma", Same, Same, Same),
        new(FieldClass.Term, "Maria Fernandez called", "[name] called", "[name] called", Same),
        new(FieldClass.Text, "Maria Fernandez called", "[name] called", "[name] called", Same),
        new(FieldClass.Text, "seen 2019-04-03", "seen [2019]", Same, Same),
        new(FieldClass.System, "http://hl7.org/fhir/sid/us-ssn", Same, Same, Same),
        new(FieldClass.System, "https://clinic.example/mrn", null, null, Same),
        new(FieldClass.Name, Word, null, null, Same),
        new(FieldClass.Facility, Word, null, Same, Same),
        new(FieldClass.Facility, "home of his mother " + Word, null, "[facility]", Same),
        new(FieldClass.Employer, Word, null, null, Same),
        new(FieldClass.Date, "1961-03-14", "1961", Same, Same),
        new(FieldClass.Date, "3/14/1961", "1961", Same, Same),
        new(FieldClass.Date, "1931-03-14", null, Same, Same),
        new(FieldClass.Birth, "1961-03-14", "1961", Same, Same),
        new(FieldClass.Birth, "1931-03-14", "90+", Same, Same),
        new(FieldClass.Time, "08:30:00", null, Same, Same),
        new(FieldClass.Age, "47", Same, Same, Same),
        new(FieldClass.Age, "93", "90+", Same, Same),
        new(FieldClass.Street, "12 " + Word, null, null, Same),
        new(FieldClass.City, Word, null, Same, Same),
        new(FieldClass.State, "NH", Same, Same, Same),
        new(FieldClass.State, Word, null, Same, Same),
        new(FieldClass.Zip, "02139", "021", Same, Same),
        new(FieldClass.Zip, "03601", "000", Same, Same),
        new(FieldClass.Contact, Word, null, null, Same),
        new(FieldClass.Number, "A4711", null, null, Same),
        new(FieldClass.Url, "https://clinic.example/1", null, null, Same),
        new(FieldClass.File, "QmFnZWR1Zml4", null, null, Same),
        new(FieldClass.Xhtml, "<p>Maria Fernandez called</p>", "<p>[name] called</p>", "<p>[name] called</p>", Same),
        new(FieldClass.Display, Word, null, null, Same),
        new(FieldClass.Id, "4711", "x_", "x_", "x_"),
        new(FieldClass.Reference, "Patient/4711", "Patient/pt_", "Patient/pt_", "Patient/pt_"),
        new(FieldClass.Drop, Word, null, null, null),
    ];

    /// <param name="Kind">Class of the field.</param>
    /// <param name="Value">What stands in it.</param>
    /// <param name="Deidentified">What is shown of it.</param>
    /// <param name="Limited">The same for a limited data set.</param>
    /// <param name="Identified">The same where identifiers are shown.</param>
    internal sealed record Row(FieldClass Kind, string Value, string? Deidentified, string? Limited, string? Identified)
    {
        public string? Shown(PrivacyLevel level) => level switch
        {
            PrivacyLevel.Deidentified => Deidentified,
            PrivacyLevel.Limited => Limited,
            _ => Identified,
        };
    }
}
