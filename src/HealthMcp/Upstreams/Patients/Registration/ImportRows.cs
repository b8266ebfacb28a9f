using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>Checks every row of an import before anything is sent: a file that is half in is harder to mend than one that is refused.</summary>
internal static class ImportRows
{
    private const int MostNamed = 5;

    /// <returns>The rows as they are sent.</returns>
    /// <exception cref="CallFailureException">Rows are wrong, or repeat each other; names the rows and fields, never a value.</exception>
    public static IReadOnlyList<JsonNode> Of(IReadOnlyList<ImportPatientRow> rows, DateOnly today)
    {
        var bodies = new List<JsonNode>();
        var problems = new List<string>();
        for (var at = 0; at < rows.Count; at++)
        {
            try
            {
                bodies.Add(RegistrationBody.Of(rows[at], RegistrationJson.Default.ImportPatientRow, today));
            }
            catch (CallFailureException problem) when (problem.Argument is not null)
            {
                problems.Add($"row {at + 1}: {problem.Message.TrimEnd('.')}");
            }
        }

        problems.AddRange(Repeated(rows));
        if (problems.Count == 0) return bodies;
        var more = problems.Count > MostNamed ? $"; and {problems.Count - MostNamed} more" : "";
        throw CallFailureException.Invalid(
            "rows", $"Nothing was sent. Correct these rows and call again: {string.Join("; ", problems.Take(MostNamed))}{more}.");
    }

    private static IEnumerable<string> Repeated(IReadOnlyList<ImportPatientRow> rows)
    {
        (string What, Func<ImportPatientRow, string?> Key)[] keys =
        [
            ("chart_number", row => row.ChartNumber),
            ("name and date_of_birth", row => row.DateOfBirth is null
                ? null
                : $"{WholeMatch.Plain(row.FirstName)}|{WholeMatch.Plain(row.LastName)}|{row.DateOfBirth}"),
        ];
        return keys.SelectMany(key => rows.Select((row, at) => (Value: key.Key(row), Row: at + 1))
            .Where(one => one.Value is not null)
            .GroupBy(one => WholeMatch.Plain(one.Value!), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"rows {string.Join(" and ", group.Select(one => one.Row))} have the same {key.What}"));
    }
}
