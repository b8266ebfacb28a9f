using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures.Documents;

/// <summary>
/// The documents that the charts were taken from: a continuity-of-care document for each year (concepts name these as their sources), each note as
/// text, the FHIR of a patient portal, and a scan that no program reads.
/// </summary>
internal static class SeededDocuments
{
    private const string Place = "Willamette Cancer Institute";
    private const string Fhir = "application/fhir+json";

    public static IEnumerable<(JsonObject Body, Func<StoredFile> File)> Of(Person person) =>
    [
        .. Chart.Of(person).Where(line => ConceptKind.Members.ContainsKey(line.Kind)).GroupBy(YearOf).OrderBy(year => year.Key, StringComparer.Ordinal)
            .Select(year => Summary(person, year.Key, [.. year])),
        .. Chart.Of(person).Where(line => line.Kind == "note").Select(line => Note(person, line)),
        Portal(person),
        Scan(person),
    ];

    public static string IdOf(Person person, string year) => DeterministicId.Of("xcures", "document", person.Key, year);

    public static string YearOf(ChartLine line) => line.Date.Length > 3 ? line.Date[..4] : "intake";

    private static (JsonObject Body, Func<StoredFile> File) Summary(Person person, string year, IReadOnlyList<ChartLine> lines)
    {
        var title = year == "intake" ? "Intake summary" : $"Continuity of care document {year}";
        var date = year == "intake" ? "2024-01-09" : $"{year}-12-31";
        var file = $"{person.Last}_{person.First}_CCD_{year}.xml";
        return (
            Body(IdOf(person, year), person, new("ccda", $"{title}, {person.FullName}", date, file, "application/xml", "Continuity of Care Document")),
            () => new StoredFile(ClinicalDocument.Write(person, title, date, lines), "application/xml"));
    }

    private static (JsonObject Body, Func<StoredFile> File) Note(Person person, ChartLine line)
    {
        var file = $"{person.Last}_{line["title"].Replace(' ', '_')}.txt";
        var text = $"{line["title"]}\nPatient: {person.FullName}\nDate: {line.Date}\n\n{line["text"]}\n";
        return (
            Body(line.Id(person, "xcures/note"), person, new("box", line["title"], line.Date, file, "text/plain", "Progress Note")),
            () => new StoredFile(Encoding.UTF8.GetBytes(text), "text/plain"));
    }

    private static (JsonObject Body, Func<StoredFile> File) Portal(Person person)
    {
        var id = DeterministicId.Of("xcures", "portal", person.Key);
        return (
            Body(id, person, new("patientFhir", "Patient portal record", "2024-06-30", "portal.json", Fhir, "Patient Portal")),
            () => new StoredFile(Encoding.UTF8.GetBytes(ChartBundle.Of(person, ["patient", "condition", "allergyintolerance"]).ToJsonString()), Fhir));
    }

    private static (JsonObject Body, Func<StoredFile> File) Scan(Person person)
    {
        var name = $"Scanned consent of {person.FullName}";
        var described = new Described("userUpload", name, "2024-02-01", $"consent_{person.Last}.pdf", "application/pdf", "Consent");
        return (
            Body(DeterministicId.Of("xcures", "scan", person.Key), person, described),
            () => new StoredFile(Pdf.Of($"Consent of {person.FullName}, born {person.BirthDate}"), "application/pdf"));
    }

    private static JsonObject Body(string id, Person person, Described of)
    {
        var created = new DateTimeOffset(2024, 2, 5, 8, 0, 0, TimeSpan.Zero);
        return new JsonObject
        {
            ["id"] = id,
            ["created"] = Json.Stamp(created),
            ["updated"] = Json.Stamp(created),
            ["subjectId"] = person.SubjectId,
            ["source"] = of.Source,
            ["sourceId"] = DeterministicId.Of("xcures", "source", id),
            ["documentName"] = of.Name,
            ["documentLocation"] = Place,
            ["documentDate"] = of.Date + "T00:00:00.000Z",
            ["fileName"] = of.FileName,
            ["contentType"] = of.ContentType,
            ["informationTypes"] = Json.Strings(of.InformationType),
        };
    }

    private sealed record Described(string Source, string Name, string Date, string FileName, string ContentType, string InformationType);
}
