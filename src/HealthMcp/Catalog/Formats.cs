using System.Globalization;

namespace HealthMcp.Catalog;

/// <summary>The JSON Schema formats that arguments use, checked strictly: a date must exist, not only look like one.</summary>
internal static class Formats
{
    public static bool Holds(string format, string value) => format switch
    {
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => TimeOnly.TryParseExact(value, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
            && value.Contains('T', StringComparison.Ordinal),
        "uuid" => Guid.TryParseExact(value, "D", out _),
        "uri" => Uri.TryCreate(value, UriKind.Absolute, out _),
        _ => false,
    };

    public static string Say(string format) => format switch
    {
        "date" => "a calendar date as YYYY-MM-DD",
        "time" => "a time of day as HH:MM",
        "date-time" => "a date and time as YYYY-MM-DDTHH:MM:SSZ",
        "uuid" => "a UUID",
        _ => "an absolute URI",
    };
}

/// <summary>Levenshtein distance, for "did you mean". Long names are not worth comparing.</summary>
internal static class Distance
{
    public static int Between(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64) return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[^1];
    }
}
