using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>The filters that the list and the cursor list share.</summary>
internal static class PatientFilters
{
    private static readonly string[] Searched =
        ["first_name", "middle_name", "last_name", "preferred_name", "mobile_phone", "home_phone", "email", "chart_number", "date_of_birth"];

    public static Answer? Check(Query query)
    {
        foreach (var name in new[] { "dob_from", "dob_to" })
        {
            if (query.First(name) is { } text && !IsDate(text))
            {
                return Problem.Invalid("query", name, "Input should be a valid date (YYYY-MM-DD)");
            }
        }

        return Missing(query, "primary_provider_uuid", PatientStore.IsProvider, "Provider")
            ?? Missing(query, "location_uuid", PatientStore.IsLocation, "Location")
            ?? Missing(query, "tag_definition_uuid", IsTag, "Tag definition");
    }

    /// <summary>Archived patients are left out unless their status is asked for.</summary>
    public static bool Match(JsonObject row, Query query) =>
        (query.First("status") == "archived" || row.Text("deleted_at") is null)
        && (query.First("status") is not { } status || row.Text("status") == status)
        && (query.First("search") is not { Length: > 0 } search || Searches(row, search))
        && (query.First("primary_provider_uuid") is not { } provider || row["primary_provider"] is JsonObject one && one.Text("uuid") == provider)
        && (query.First("location_uuid") is not { } location || row["location"] is JsonObject place && place.Text("uuid") == location)
        && (query.First("dob_from") is not { } from || string.CompareOrdinal(row.Text("date_of_birth"), from) >= 0)
        && (query.First("dob_to") is not { } to || string.CompareOrdinal(row.Text("date_of_birth"), to) <= 0)
        && (query.First("tag_definition_uuid") is not { } tag || (tag == PatientStore.ChartedTag && PatientStore.IsTagged(row)));

    /// <summary>Every word must be in some field, so that "jones marissa" finds her too.</summary>
    public static bool Searches(JsonObject row, string text, params string[] fields)
    {
        var values = (fields.Length == 0 ? Searched : fields).Select(field => row.Text(field) ?? "").ToList();
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => values.Exists(value => value.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    public static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTag(string id) => SeededPractice.Definitions("tag").Any(row => row.Text("id") == id);

    private static Answer? Missing(Query query, string name, Func<string, bool> exists, string what)
    {
        if (query.First(name) is not { } id)
        {
            return null;
        }

        return !Guid.TryParse(id, out _) ? Problem.Invalid("query", name, "Input should be a valid UUID") : exists(id) ? null : Problem.NotFound(what);
    }
}
