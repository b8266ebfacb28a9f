using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>What a request may point at by UUID, besides definitions: people and things of the practice.</summary>
internal sealed class References(PatientStore patients)
{
    private static readonly (string Member, string Key, string Name)[] Things =
    [
        ("billing_type", "insured", "Insured"), ("billing_type", "self-pay", "Self-pay"), ("fee_schedule", "standard", "Standard fees"),
        ("communication_type", "recall", "Recall"), ("communication_type", "results", "Results"),
        ("referral_source", "web", "Web search"), ("referral_source", "mailing", "Postcard mailing"),
        ("referral_partner", "willamette", "Willamette Cancer Institute"), ("appointment", "first", "First appointment"),
    ];

    public static string IdOf(string member, string key) => DeterministicId.Of("patients", member, key);

    public static JsonObject Thing(string member, string key) => new()
    {
        ["uuid"] = IdOf(member, key),
        ["name"] = Things.First(thing => thing.Member == member && thing.Key == key).Name,
    };

    public static JsonObject Patient(Person person) => new() { ["uuid"] = person.PracticeId, ["name"] = person.FullName };

    /// <summary>
    /// Puts the reference in the place of each <c>…_uuid</c>, as answers have it; the first that is not there becomes the 404.
    /// </summary>
    public Answer? Resolve(JsonObject body, JsonObject into, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (body.Text(member + "_uuid") is not { } id)
            {
                continue;
            }

            if (Find(member, id.ToLowerInvariant()) is not { } found)
            {
                return Problem.NotFound(member);
            }

            into[member] = found;
        }

        return null;
    }

    private JsonObject? Find(string member, string id) => member switch
    {
        "primary_provider" or "secondary_provider" or "provider" => Listed("practitioner", id),
        "location" => Listed("location", id),
        "responsible_party" or "referring_patient" or "to_patient" => patients.Find(id) is { } row ? PatientStore.Reference(row) : null,
        "employer" => Employer(id),
        _ => Things.Where(thing => thing.Member == member && IdOf(thing.Member, thing.Key) == id)
            .Select(thing => Thing(thing.Member, thing.Key))
            .FirstOrDefault(),
    };

    private static JsonObject? Listed(string kind, string id) =>
        Registry.Of(kind).Where(row => Registry.PracticeId(row["key"]) == id).Select(row => PatientStore.Reference(kind, row["key"])).FirstOrDefault();

    private static JsonObject? Employer(string id) => Person.All.Select(person => person.Or("employer")).OfType<string>()
        .Where(name => DeterministicId.Of("patients", "employer", name) == id)
        .Select(name => new JsonObject { ["uuid"] = id, ["name"] = name })
        .FirstOrDefault();
}
