using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>What deserves a second look before a subject is written. They depend on what the caller gave, never on what a record holds.</summary>
internal static class SubjectWarnings
{
    private static readonly string[] Demographics = ["firstName", "lastName", "birthDate", "gender", "addressPostalCode"];

    public static IReadOnlyList<string> OfCreate(IReadOnlyList<NewSubject> subjects, bool queries)
    {
        var said = new List<string>();
        if (queries)
        {
            said.Add("A live request for each person's records goes to the health networks: it discloses the demographics there and cannot be called back.");
        }

        if (subjects.Any(subject => subject.BirthDate is null || subject.AddressPostalCode is null || subject.Gender is null))
        {
            said.Add("A subject has no birthDate, gender or addressPostalCode: record networks match by them, so a request may find nothing.");
        }

        if (subjects.GroupBy(each => $"{each.FirstName}|{each.LastName}|{each.BirthDate}", StringComparer.OrdinalIgnoreCase).Any(same => same.Count() > 1))
        {
            said.Add("Two of these subjects have the same name and birth date: check that they are two persons.");
        }

        return said;
    }

    public static IReadOnlyList<string> OfUpdate(JsonObject changes, IReadOnlyCollection<string> clear)
    {
        var said = new List<string>();
        var touched = Demographics.Where(name => changes.ContainsKey(name) || clear.Contains(name)).ToList();
        if (touched.Count > 0)
        {
            said.Add($"{string.Join(", ", touched)} decide which records are matched to this person: check them against the source.");
        }

        if (changes.ContainsKey("deathDate")) said.Add("The subject will be marked as deceased: check that it is the right person.");
        return said;
    }
}
