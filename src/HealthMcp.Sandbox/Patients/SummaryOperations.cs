using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>What the chart's head shows, put together from the lists.</summary>
internal sealed class SummaryOperations(PatientStore patients, PracticeShelves shelves, VitalsStore vitals, ClinicalLists clinical)
{
    public Answer Get(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        var id = patient.Text("id")!;
        var medications = clinical.Medications(id).Where(Present).ToLookup(row => row.Text("status") == "active");
        var latest = vitals.Of(id).Where(Present).MaxBy(row => row.Text("date_taken"), StringComparer.Ordinal);
        return Answer.Json(new JsonObject
        {
            ["patient"] = PatientStore.Reference(patient),
            ["allergy_review_status"] = patient.Text("allergy_review_status"),
            ["premedication_required"] = patient["premedication_required"]?.DeepClone(),
            ["active_problems"] = Copies(clinical.Diseases(id).Where(row => Present(row) && row.Text("problem_status") == "active")),
            ["allergies"] = Copies(clinical.Allergies(id).Where(Present)),
            ["current_medications"] = Copies(medications[true]),
            ["past_medications"] = Copies(medications[false]),
            ["alerts"] = Copies(shelves.Alerts.Of(id).Where(row => row.Text("status") == "active")),
            ["social_history"] = Json.Array(SocialHistory(id)),
        }.Maybe("medical_urgent_note", patient["medical_urgent_note"]?.DeepClone()).Maybe("latest_vitals", latest?.DeepClone()));
    }

    private static bool Present(JsonObject row) => row.Text("deleted_at") is null;

    private static JsonArray Copies(IEnumerable<JsonObject> rows) => Json.Array(rows.Select(row => row.DeepClone()));

    private static IEnumerable<JsonObject> SocialHistory(string id) => Person.All.FirstOrDefault(person => person.PracticeId == id) is not { } person
        ? []
        : Chart.Of(person).Where(line => line.Kind == "social_history").Select(line => new JsonObject
        {
            ["id"] = DeterministicId.Of("patients", "social", person.Key, line.Number.ToString(CultureInfo.InvariantCulture)),
            ["category"] = line["socialHistory"],
            ["value"] = line["result"],
            ["created_at"] = line.Date + "T12:00:00.000Z",
        });
}

/// <summary>The clinical lists, wherever they are kept.</summary>
internal sealed record ClinicalLists(
    Func<string, IEnumerable<JsonObject>> Allergies, Func<string, IEnumerable<JsonObject>> Diseases, Func<string, IEnumerable<JsonObject>> Medications);
