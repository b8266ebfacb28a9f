using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>A subject as answered, and what it can only be filtered by; the number of queries is that of the seed.</summary>
internal sealed record StoredSubject(JsonObject Body, IReadOnlyList<string> CohortIds, int Queries);

/// <summary>
/// The subjects: seeded ones first, then those that were created. A body is never changed once it is in here, only replaced, so it may be read
/// while others write.
/// </summary>
internal sealed class SubjectStore
{
    public const string Cohort = "Sandbox demo";
    private readonly Lock _gate = new();
    private readonly Lazy<List<StoredSubject>> _subjects = new(() => [.. Person.All.Where(person => person["xcures"] != "no").Select(Seed)]);

    public static string CohortId { get; } = DeterministicId.Of("xcures", "cohort", Cohort);

    public IReadOnlyList<StoredSubject> All
    {
        get { lock (_gate) return [.. _subjects.Value]; }
    }

    public StoredSubject? Find(string id) => All.FirstOrDefault(subject => IsOf(subject, id));

    /// <summary>Adds all of them, or none when one's id is taken; true when they were added.</summary>
    public bool TryAdd(IReadOnlyList<JsonObject> subjects)
    {
        lock (_gate)
        {
            if (subjects.Any(subject => _subjects.Value.Exists(there => IsOf(there, subject.Text("id")!)))) return false;
            _subjects.Value.AddRange(subjects.Select(subject => new StoredSubject(subject, [], 0)));
            return true;
        }
    }

    /// <summary>Puts what <paramref name="change"/> makes of the body in its place; null when there is no such subject.</summary>
    public JsonObject? Replace(string id, Func<JsonObject, JsonObject> change)
    {
        lock (_gate)
        {
            var at = _subjects.Value.FindIndex(subject => IsOf(subject, id));
            if (at < 0) return null;
            var body = change(_subjects.Value[at].Body);
            _subjects.Value[at] = _subjects.Value[at] with { Body = body };
            return body;
        }
    }

    private static bool IsOf(StoredSubject subject, string id) => id.Equals(subject.Body.Text("id"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Ids are compared without case; an unknown one is kept, so that it finds nothing.</summary>
    public string Canonical(string id) => Find(id)?.Body.Text("id") ?? id;

    private static StoredSubject Seed(Person person, int index)
    {
        var created = new DateTimeOffset(2024, 1, 8, 9, 0, 0, TimeSpan.Zero).AddDays(index * 11);
        var charted = Person.Charted.Contains(person);
        var body = new JsonObject { ["id"] = person.SubjectId, ["created"] = Json.Stamp(created), ["updated"] = Json.Stamp(created.AddDays(5)) };
        body.Maybe("deleted", person["xcures"] == "deleted" ? Json.Stamp(created.AddDays(40)) : null);
        body["identifier"] = Identifier(person);
        body["firstName"] = person.First;
        body.Maybe("middleName", person.Or("middle"));
        body["lastName"] = person.Last;
        body["email"] = person["email"];
        body["birthDate"] = person.BirthDate;
        body.Maybe("deathDate", person.Or("died"));
        body["gender"] = person["sex"];
        body["addressLine1"] = person["street"];
        body["addressCity"] = person["city"];
        body["addressState"] = person["state"];
        body["addressPostalCode"] = person["zip"];
        body["phoneNumber"] = person["mobile"];
        body["externalIdentifiers"] = new JsonArray(new JsonObject { ["externalIdentifier"] = person["mrn"], ["externalSystem"] = "drcloud-mrn" });
        body["labels"] = charted ? Json.Strings("demo", "consented") : Json.Strings("consented");
        body["cohortNames"] = charted ? Json.Strings(Cohort) : [];
        body.Maybe(
            "additionalNames",
            person.Or("preferred") is { } preferred ? new JsonArray(new JsonObject { ["first"] = preferred, ["last"] = person.Last }) : null);
        return new(body, charted ? [CohortId] : [], charted ? 1 : 0);
    }

    private static string Identifier(Person person) => DeterministicId.Of("xcures", "identifier", person.Key)[..6].ToUpper(CultureInfo.InvariantCulture);
}
