using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.Patients;

/// <summary>A believable history for everyone: one to four visits, with the odd value out of range.</summary>
internal static class SeededVitals
{
    public static IEnumerable<JsonObject> Of(Person person)
    {
        var index = Person.All.ToList().IndexOf(person);
        var visits = index < 3 ? 6 : 1 + (index % 4);
        for (var visit = 0; visit < visits; visit++)
        {
            var taken = new DateOnly(2022, 4, 11).AddDays((index * 5) + (visit * 131));
            var swing = ((index * 7) + (visit * 11)) % 13;
            var body = new JsonObject
            {
                ["date_taken"] = taken.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["time_taken"] = "09:" + (10 + (index % 40)).ToString(CultureInfo.InvariantCulture) + ":00",
                ["bp_systolic"] = (index % 11 == 4 ? 172 : 112) + swing,
                ["bp_diastolic"] = (index % 11 == 4 ? 109 : 70) + swing,
                ["pulse"] = 62 + swing,
                ["oxygen_saturation"] = index % 13 == 5 ? 93 : 96 + (swing % 4),
                ["respiration_rate"] = 13 + (swing % 5),
                ["temperature_f"] = 97.6m + (swing / 10m),
                ["height_inches"] = person.IsFemale ? 64.5m : 70m,
                ["weight_lbs"] = (person.IsFemale ? 141.2m : 182.6m) + (swing * 1.5m),
                ["provider_uuid"] = Registry.PracticeId("okonkwo"),
            };
            if (visit == 0 && index < 3)
            {
                body["note"] = $"{person.FullName} was a little anxious; {person["contact"]} waited outside ({person["contactPhone"]}).";
            }

            var stamp = new DateTimeOffset(taken.ToDateTime(new TimeOnly(16, 20)), TimeSpan.Zero);
            var patient = new JsonObject { ["uuid"] = person.PracticeId, ["name"] = person.FullName };
            var id = DeterministicId.Of("patients", "vitals", person.Key, visit.ToString(CultureInfo.InvariantCulture));
            yield return Shelf.Stamped(id, Reading.Build(patient, body), stamp);
        }
    }
}
