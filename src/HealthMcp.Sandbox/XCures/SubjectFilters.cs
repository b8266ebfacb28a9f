using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>
/// The filters of the subject search. Their matching is not documented; a portal's search box suggests parts of words without
/// regard to case for text. Dates, numbers, flags and ids match whole; of a repeated filter any value may match.
/// </summary>
internal static class SubjectFilters
{
    private static readonly Dictionary<string, string> TextFields = new(StringComparer.Ordinal)
    {
        ["identifier"] = "identifier", ["firstName"] = "firstName", ["lastName"] = "lastName", ["city"] = "addressCity", ["state"] = "addressState",
        ["addressLine1"] = "addressLine1", ["addressLine2"] = "addressLine2", ["postalCode"] = "addressPostalCode",
        ["email"] = "email", ["phoneNumber"] = "phoneNumber",
    };

    private static readonly string[] Dates = ["birthDate", "deathDate", "created", "updated"];
    private static readonly string[] Counts = ["totalQueries", "successfulQueries", "inflightQueries"];

    /// <summary>Null when a value is malformed.</summary>
    /// <param name="query">The filters.</param>
    /// <param name="counts">How many record queries a subject has: all, ended well, under way.</param>
    public static Func<StoredSubject, bool>? Read(Query query, Func<string, (int All, int Done, int Running)> counts)
    {
        if (query.Pairs.Any(pair => Dates.Any(date => pair.Key.StartsWith(date, StringComparison.Ordinal)) && !IsDate(pair.Value))
            || Counts.Any(name => query.Number(name, 0, 0) is null)
            || query.First("deleted") is not (null or "true" or "false"))
        {
            return null;
        }

        return subject => IsDeleted(subject) == (query.First("deleted") == "true")
            && TextFields.All(field => query.First(field.Key) is not { } part || Contains(subject.Body.Text(field.Value), part))
            && Dates.All(field => InRange(subject.Body.Text(field), query, field))
            && (query.First("gender") is not { } gender || gender.StartsWith(subject.Body.Text("gender") ?? "?", StringComparison.OrdinalIgnoreCase))
            && MatchesLists(subject, query)
            && MatchesProgram(query, counts(subject.Body.Text("id")!));
    }

    private static bool MatchesLists(StoredSubject subject, Query query) =>
        Any(query, "subjectIds", id => id.Equals(subject.Body.Text("id"), StringComparison.OrdinalIgnoreCase))
        && Any(query, "labels", label => Items(subject, "labels").Contains(label, StringComparer.OrdinalIgnoreCase))
        && Any(query, "cohortIds", id => subject.CohortIds.Contains(id, StringComparer.OrdinalIgnoreCase))
        && Any(query, "externalIdentifiers", value => Objects(subject, "externalIdentifiers").Any(row => Contains(row.Text("externalIdentifier"), value)))
        && Any(query, "additionalNames", value => Objects(subject, "additionalNames").Any(row => Contains($"{row.Text("first")} {row.Text("last")}", value)));

    /// <summary>No seeded subject has a program delivery or a saved view, so asking for one finds nobody.</summary>
    private static bool MatchesProgram(Query query, (int All, int Done, int Running) queries) =>
        !query.Has("programDeliveryId") && !query.Has("programDeliveryStatus") && !query.Has("viewId")
        && query.Number("totalQueries", queries.All, 0) == queries.All
        && query.Number("successfulQueries", queries.Done, 0) == queries.Done
        && query.Number("inflightQueries", queries.Running, 0) == queries.Running;

    private static bool InRange(string? value, Query query, string field)
    {
        if (!query.Has(field) && !query.Has(field + "Start") && !query.Has(field + "End"))
        {
            return true;
        }

        var day = value is { Length: >= 10 } ? value[..10] : null;
        return day is not null
            && (query.First(field) is not { } exact || day == exact[..10])
            && (query.First(field + "Start") is not { } start || string.CompareOrdinal(day, start[..10]) >= 0)
            && (query.First(field + "End") is not { } end || string.CompareOrdinal(day, end[..10]) <= 0);
    }

    private static bool IsDeleted(StoredSubject subject) => subject.Body.ContainsKey("deleted");

    private static bool IsDate(string text) =>
        text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool Contains(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    private static bool Any(Query query, string name, Func<string, bool> match) => !query.Has(name) || query.All(name).Any(match);

    private static IEnumerable<string> Items(StoredSubject subject, string name) => (subject.Body[name] as JsonArray ?? []).Select(item => item!.ToString());

    private static IEnumerable<JsonObject> Objects(StoredSubject subject, string name) => (subject.Body[name] as JsonArray ?? []).OfType<JsonObject>();
}
