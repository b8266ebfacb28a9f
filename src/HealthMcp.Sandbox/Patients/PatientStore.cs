using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>The forty patients of the practice, in the shape of the single get.</summary>
internal sealed class PatientStore(VitalsStore vitals)
{
    private static readonly string[] Providers = ["okonkwo", "lindqvist", "abara"];
    private readonly Lazy<IReadOnlyList<JsonObject>> _rows = new(() => [.. Person.All.Select(Seed)]);

    public static string ChartedTag { get; } = DeterministicId.Of("patients", "tag", "full-chart");

    public IEnumerable<JsonObject> All => _rows.Value.Select(WithLatestVitals);

    public JsonObject? Find(string id) => All.FirstOrDefault(row => row.Text("id") == id.ToLowerInvariant());

    public static bool IsTagged(JsonObject row) => Person.Charted.Any(person => person.PracticeId == row.Text("id"));

    public static JsonObject Reference(string kind, string key) => new()
    {
        ["uuid"] = Registry.PracticeId(key),
        ["name"] = Registry.Of(kind).First(row => row["key"] == key)["name"],
    };

    public static JsonObject Reference(JsonObject patient) => new()
    {
        ["uuid"] = patient.Text("id"),
        ["name"] = $"{patient.Text("first_name")} {patient.Text("last_name")}",
    };

    /// <summary>Null when the practice has no such provider.</summary>
    public static JsonObject? Provider(string uuid) => Registry.Of("practitioner")
        .Where(row => Registry.PracticeId(row["key"]) == uuid.ToLowerInvariant())
        .Select(row => Reference("practitioner", row["key"]))
        .FirstOrDefault();

    public static bool IsProvider(string uuid) => Registry.Of("practitioner").Any(row => Registry.PracticeId(row["key"]) == uuid);

    public static bool IsLocation(string uuid) => Registry.Of("location").Any(row => Registry.PracticeId(row["key"]) == uuid);

    private JsonObject WithLatestVitals(JsonObject row)
    {
        var copy = (JsonObject)row.DeepClone();
        return copy.Maybe("latest_vitals_date", vitals.Of(copy.Text("id") ?? "").Select(reading => reading.Text("date_taken")).Max(StringComparer.Ordinal));
    }

    private static JsonObject Seed(Person person, int index)
    {
        var created = new DateTimeOffset(2022, 3, 1, 15, 30, 0, TimeSpan.Zero).AddDays(index * 9);
        var balance = index % 7 == 3 ? 612.5m : index * 3.25m;
        var row = Identity(person);
        row["status"] = person["status"];
        row["allergy_review_status"] = Person.Charted.Contains(person) ? "reviewed" : "not_reviewed";
        row["balance_total"] = balance.ToString("0.00", CultureInfo.InvariantCulture);
        row["balance_0_30"] = balance.ToString("0.00", CultureInfo.InvariantCulture);
        row["primary_provider"] = Reference("practitioner", Providers[index % 3]);
        row["location"] = Reference("location", index % 3 == 0 ? "willamette-infusion" : index % 3 == 1 ? "platte-clinic" : "casco-neuro");
        row["preferred_language"] = "en";
        row["preferred_contact_method"] = index % 2 == 0 ? "phone" : "email";
        row["receives_email"] = index % 2 == 1;
        row["receives_sms"] = true;
        row["premedication_required"] = false;
        row["scheduling_restricted"] = person["status"] == "inactive" || balance > 500;
        row["date_first_visit"] = created.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        row.Maybe("medical_urgent_note", Urgent(person));
        row.Maybe(
            "treatment_notes",
            Person.Charted.Contains(person)
                ? $"{person.First} comes with {person["contact"]} ({person["relation"]}); call {person["contactPhone"]} the day before."
                : null);
        row["created_at"] = Json.Stamp(created);
        row["updated_at"] = Json.Stamp(created.AddDays(2));
        row["version"] = 1;
        return row;
    }

    private static JsonObject Identity(Person person) => new JsonObject { ["id"] = person.PracticeId, ["first_name"] = person.First }
        .Maybe("middle_name", person.Or("middle"))
        .Maybe("last_name", person.Last)
        .Maybe("preferred_name", person.Or("preferred"))
        .Maybe("date_of_birth", person.BirthDate)
        .Maybe("date_time_deceased", person.Or("died") is { } died ? died + "T06:00:00.000Z" : null)
        .Maybe("gender", person.IsFemale ? "female" : "male")
        .Maybe("pronoun", person.IsFemale ? "she_her" : "he_him")
        .Maybe("marital_status", person["marital"])
        .Maybe("chart_number", person["mrn"])
        .Maybe("social_security_number", person["ssn"])
        .Maybe("address_line1", person["street"])
        .Maybe("city", person["city"])
        .Maybe("state", person["state"])
        .Maybe("postal_code", person["zip"])
        .Maybe("country", "US")
        .Maybe("mobile_phone", person["mobile"])
        .Maybe("home_phone", person.Or("home"))
        .Maybe("email", person["email"])
        .Maybe("emergency_contact_name", person["contact"])
        .Maybe("emergency_contact_phone", person["contactPhone"])
        .Maybe(
            "employer",
            person.Or("employer") is { } employer
                ? new JsonObject { ["uuid"] = DeterministicId.Of("patients", "employer", employer), ["name"] = employer }
                : null);

    private static JsonNode? Urgent(Person person) => person.Key switch
    {
        "marissa" => "Penicillin allergy. On denosumab: no extractions without Dr. Okonkwo, 503-555-0180.",
        "justin" => "Anaphylaxis to wasp venom; no NSAIDs. Karen Williams carries the second injector.",
        "helen" => "Seizure disorder; stop if she stares.",
        _ => null,
    };
}
