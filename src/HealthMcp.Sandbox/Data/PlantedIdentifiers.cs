using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Sandbox.Patients;
using HealthMcp.Sandbox.Serving;
using HealthMcp.Sandbox.XCures;

namespace HealthMcp.Sandbox.Data;

/// <summary>
/// Every identifying value in the seeded records, with its kind, for tests that search what leaves the server. Taken from the
/// data itself: table columns whole, and out of the served records what has the shape of a date, phone, address or number.
/// The kinds "surname" and "name-part" are single words and may stand in harmless text by chance.
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
        "Emily Jones", "Daniel Jones", "Patricia Doyle", "Claire Doyle", "Brendan Doyle", "Walt Peabody", "Karen Williams",
        "Gary Nolan", "Loretta Williams", "Otis Williams",
        "Ruth Milliken", "Priscilla Oyelaran",
    ];

    private static readonly (Regex Pattern, string Kind)[] Shapes =
    [
        (Phone(), "phone"), (Email(), "email"), (Url(), "url"), (Ssn(), "ssn"), (RecordNumber(), "record-number"),
        (WrittenDate(), "date"), (IsoDate(), "date"), (Serial(), "device"),
    ];

    private static readonly Lazy<IReadOnlyList<(string Value, string Kind)>> Collected =
        new(() => [.. Collect().Where(found => found.Value.Length > 3).Distinct()]);

    public static IReadOnlyList<(string Value, string Kind)> All => Collected.Value;

    private static IEnumerable<(string Value, string Kind)> Collect() =>
    [
        .. Person.All.SelectMany(OfPerson),
        .. Registry.All.SelectMany(row => DirectoryColumns.Select(column => (row[column.Column],
            column.Column == "name" && row["kind"] != "practitioner" ? "organization" : column.Kind))),
        .. Mentioned.Select(name => (name, "name")),
        .. Mentioned.Concat(Person.Charted.Select(person => person.FullName)).Concat(Registry.Of("practitioner").Select(row => row["name"]))
            .SelectMany(name => name.Split(' ')).Select(part => (part, "name-part")),
        .. Records().SelectMany(OfRecord),
        .. Person.Charted.SelectMany(Chart.Of).Where(line => line.Kind == "note").SelectMany(line => OfText(line["text"])),
        .. Person.Charted.SelectMany(Chart.Of).SelectMany(line => new[] { line["subscriberId"], line["groupNumber"] }).Select(number => (number, "account")),
        .. Person.Charted.SelectMany(Chart.Of).Select(line => (line["udi"], "device")),
    ];

    /// <summary>All that the three record systems serve at the start.</summary>
    private static IEnumerable<JsonObject> Records() =>
    [
        .. FhirStore.Instance.Value.All,
        .. Person.All.SelectMany(Concept.Of).Select(concept => concept.Body),
        .. new SubjectStore().All.Select(subject => subject.Body),
        .. new PatientStore(new VitalsStore(TimeProvider.System), TimeProvider.System).All,
        .. Person.All.SelectMany(SeededVitals.Of),
    ];

    private static IEnumerable<(string Value, string Kind)> OfRecord(JsonObject record) =>
    [
        (record.Text("id") ?? "", "id"),
        (record["identifier"] is JsonValue number ? number.ToString() : "", "id"),
        .. OfText(record.ToJsonString()),
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

    [GeneratedRegex(@"https?://[\w.-]+\.example\.(org|com|net)[\w./-]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Url();

    [GeneratedRegex(@"\b\d{3}-\d{2}-\d{4}\b", RegexOptions.None, 1000)]
    private static partial Regex Ssn();

    [GeneratedRegex(@"\b(MRN|SP|LP|ENC)-[\da-f-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RecordNumber();

    [GeneratedRegex(
        @"\b(\d{1,2}/\d{1,2}/\d{4}|\d{2}-\d{2}-\d{4}|(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4})\b",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex WrittenDate();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b", RegexOptions.None, 1000)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"\b(SN-PORT|TRN|PICC)-\d+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Serial();
}
