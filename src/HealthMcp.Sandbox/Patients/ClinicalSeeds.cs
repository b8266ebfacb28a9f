using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Allergies, problems and medications at the start: those of the charts, and one or two common ones for some of the others.</summary>
internal static class ClinicalSeeds
{
    public static IEnumerable<JsonObject> Of(string kind, string owner)
    {
        if (Person.All.FirstOrDefault(one => one.PracticeId == owner) is not { } person)
        {
            return [];
        }

        var rows = Person.Charted.Contains(person)
            ? Chart.Of(person).Where(line => line.Kind == (kind == "disease" ? "condition" : kind)).Select(line => Charted(kind, line))
            : Common(kind, Person.All.ToList().IndexOf(person));
        return rows.Select((fields, at) => Stamped(kind, person, fields, at));
    }

    private static JsonObject Stamped(string kind, Person person, JsonObject fields, int at)
    {
        fields["patient"] = new JsonObject { ["uuid"] = person.PracticeId, ["name"] = person.FullName };
        var id = DeterministicId.Of("patients", kind, person.Key, at.ToString(CultureInfo.InvariantCulture));
        return Shelf.Stamped(id, fields, new DateTimeOffset(2022, 3, 1, 15, 30, 0, TimeSpan.Zero).AddDays(at));
    }

    private static JsonObject Charted(string kind, ChartLine line) => kind switch
    {
        "allergy" => new JsonObject
        {
            ["allergy_definition"] = ClinicalCatalog.Reference(kind, line["allergy"]),
            ["reaction"] = line["reaction"],
            ["severity"] = line["reaction"].StartsWith("Anaphylaxis", StringComparison.Ordinal) ? "severe" : "moderate",
            ["status_is_active"] = true,
        }.Maybe("date_adverse_reaction", Or(line, "onsetDate")).Maybe("snomed_reaction", Code(line, "snomed")),
        "disease" => new JsonObject
        {
            ["disease_definition"] = ClinicalCatalog.Reference(kind, line["conditionName"]),
            ["problem_status"] = line["clinicalStatus"],
            ["function_status"] = "problem",
        }.Maybe("date_start", Or(line, "onsetDate")).Maybe("patient_note", Or(line, "stage")),
        _ => new JsonObject
        {
            ["medication_definition"] = ClinicalCatalog.Reference(kind, line["medicationName"]),
            ["is_cpoe"] = false,
            ["status"] = line["status"] switch { "stopped" => "discontinued", "completed" => "completed", _ => "active" },
            ["dosage"] = $"{line["dose"]} {line["doseUnit"]}",
            ["route"] = line["route"],
            ["rx_cui"] = line["medicationCode"],
        }
        .Maybe("date_start", Or(line, "startDate"))
        .Maybe("date_stop", Or(line, "endDate"))
        .Maybe("discontinuation_reason", Or(line, "discontinuationReason"))
        .Maybe("patient_note", Or(line, "patientInstruction")),
    };

    private static IEnumerable<JsonObject> Common(string kind, int index) => (kind, index % 5) switch
    {
        ("allergy", 1) => [new JsonObject
        {
            ["allergy_definition"] = ClinicalCatalog.Reference(kind, "Penicillin"), ["reaction"] = "Hives", ["severity"] = "moderate",
            ["status_is_active"] = true,
        }],
        ("disease", 0 or 3) => [new JsonObject
        {
            ["disease_definition"] = ClinicalCatalog.Reference(kind, "Essential (primary) hypertension"),
            ["problem_status"] = "active",
            ["function_status"] = "problem",
            ["date_start"] = "2018-05-14",
        }],
        ("medication", 0 or 3) => [new JsonObject
        {
            ["medication_definition"] = ClinicalCatalog.Reference(kind, "Lisinopril 10 MG Oral Tablet"),
            ["dosage"] = "10 mg", ["frequency"] = "once daily", ["route"] = "oral", ["is_cpoe"] = true, ["status"] = "active",
            ["date_start"] = "2018-05-14",
            ["provider"] = PatientStore.Reference("practitioner", "okonkwo"),
        }],
        _ => [],
    };

    private static string? Or(ChartLine line, string field) => line[field].Length == 0 ? null : line[field];

    private static string? Code(ChartLine line, string system) => line.Codes.Where(code => code.System == system).Select(code => code.Code).FirstOrDefault();
}
