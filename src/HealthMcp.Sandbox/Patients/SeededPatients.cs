using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>The forty patients as they are at the start, in the shape of the single get.</summary>
internal static class SeededPatients
{
    private static readonly string[] Providers = ["okonkwo", "lindqvist", "abara"];

    public static IEnumerable<JsonObject> All => Person.All.Select(Seed);

    private static JsonObject Seed(Person person, int index)
    {
        var created = new DateTimeOffset(2022, 3, 1, 15, 30, 0, TimeSpan.Zero).AddDays(index * 9);
        var balance = index % 7 == 3 ? 612.5m : index * 3.25m;
        var row = Identity(person);
        row["status"] = person["status"];
        row["allergy_review_status"] = Person.Charted.Contains(person) ? "reviewed" : "not_reviewed";
        row["balance_total"] = balance.ToString("0.00", CultureInfo.InvariantCulture);
        row["balance_0_30"] = balance.ToString("0.00", CultureInfo.InvariantCulture);
        row["primary_provider"] = PatientStore.Reference("practitioner", Providers[index % 3]);
        row["location"] = PatientStore.Reference("location", index % 3 == 0 ? "willamette-infusion" : index % 3 == 1 ? "platte-clinic" : "casco-neuro");
        row.Maybe("responsible_party", Guarantor(index));
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
        row["version"] = 1L;
        return row;
    }

    // Every fifth patient's bills go to the one before, so that there are families.
    private static JsonObject? Guarantor(int index) => (index % 5) switch
    {
        3 => References.Patient(Person.All[index]),
        4 => References.Patient(Person.All[index - 1]),
        _ => null,
    };

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
