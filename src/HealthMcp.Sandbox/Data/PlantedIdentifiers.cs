using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthMcp.Sandbox.Data;

/// <summary>
/// Every identifying value in the seeded records, with its kind, for tests that search what leaves the server. Taken from the
/// data itself: table columns whole, and out of free text what has the shape of a date, phone, address or number.
/// </summary>
internal static partial class PlantedIdentifiers
{
    private static readonly (string Column, string Kind)[] PersonColumns =
    [
        ("dob", "date"), ("died", "date"), ("street", "address"), ("zip", "zip"), ("mobile", "phone"), ("home", "phone"), ("email", "email"), ("ssn", "ssn"),
        ("mrn", "record-number"), ("contact", "name"), ("contactPhone", "phone"), ("employer", "organization"),
    ];

    private static readonly (string Column, string Kind)[] DirectoryColumns =
        [("name", "name"), ("npi", "npi"), ("phone", "phone"), ("fax", "phone"), ("email", "email"), ("street", "address"), ("zip", "zip"), ("url", "url")];

    /// <summary>People who are only mentioned in free text.</summary>
    private static readonly string[] Mentioned =
    [
        "Emily Jones", "Daniel Jones", "Patricia Doyle", "Claire Doyle", "Brendan Doyle", "Walt Peabody", "Karen Williams", "Gary Nolan", "Loretta Williams", "Otis Williams",
        "Ruth Milliken", "Priscilla Oyelaran",
    ];

    private static readonly (Regex Pattern, string Kind)[] Shapes =
    [
        (Phone(), "phone"), (Email(), "email"), (Url(), "url"), (Ssn(), "ssn"), (RecordNumber(), "record-number"), (WrittenDate(), "date"), (IsoDate(), "date"), (Serial(), "device"),
    ];

    private static readonly Lazy<IReadOnlyList<(string Value, string Kind)>> Collected = new(() => [.. Collect().Where(found => found.Value.Length > 3).Distinct()]);

    public static IReadOnlyList<(string Value, string Kind)> All => Collected.Value;

    private static IEnumerable<(string Value, string Kind)> Collect() =>
    [
        .. Person.All.SelectMany(OfPerson),
        .. Registry.All.SelectMany(row => DirectoryColumns.Select(column => (row[column.Column], column.Kind))),
        .. Mentioned.Select(name => (name, "name")),
        .. Person.Charted.SelectMany(Chart.Of).SelectMany(line => line.Fields.Where(field => field.Key is not "codes").SelectMany(field => OfText(field.Value))),
        .. Person.Charted.SelectMany(Chart.Of).SelectMany(line => new[] { line["subscriberId"], line["groupNumber"] }).Select(number => (number, "account")),
    ];

    private static IEnumerable<(string Value, string Kind)> OfPerson(Person person) =>
    [
        (person.FullName, "name"), (person.Last, "surname"), ($"{person.Last}, {person.First}", "name"),
        (person.SubjectId, "id"), (person.PracticeId, "id"), (person.FhirId, "id"),
        .. PersonColumns.Select(column => (person[column.Column], column.Kind)),
        .. Written(person.BirthDate).Select(date => (date, "date")),
    ];

    private static IEnumerable<(string Value, string Kind)> OfText(string text) =>
        Shapes.SelectMany(shape => shape.Pattern.Matches(text).Select(match => (match.Value, shape.Kind)));

    private static IEnumerable<string> Written(string isoDate)
    {
        var day = DateOnly.ParseExact(isoDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new[] { "MM/dd/yyyy", "M/d/yyyy", "MM-dd-yyyy", "MMMM d, yyyy" }.Select(format => day.ToString(format, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\b\d{3}-555-01\d{2}\b", RegexOptions.None, 1000)]
    private static partial Regex Phone();

    [GeneratedRegex(@"[\w.]+@[\w.-]+\.\w+", RegexOptions.None, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"https?://[^\s|]+[\w/]", RegexOptions.None, 1000)]
    private static partial Regex Url();

    [GeneratedRegex(@"\b\d{3}-\d{2}-\d{4}\b", RegexOptions.None, 1000)]
    private static partial Regex Ssn();

    [GeneratedRegex(@"\b(MRN|SP|LP)-[\d-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RecordNumber();

    [GeneratedRegex(@"\b(\d{1,2}/\d{1,2}/\d{4}|\d{2}-\d{2}-\d{4}|(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WrittenDate();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b", RegexOptions.None, 1000)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"\b(SN-PORT|TRN|PICC)-\d+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Serial();
}
