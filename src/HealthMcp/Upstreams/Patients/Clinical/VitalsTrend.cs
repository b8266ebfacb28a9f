using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Readings as tables: what was critical, the codes of what was measured, and each measurement over time.</summary>
internal static class VitalsTrend
{
    public const string CodeShape = "patients.vitals.code";
    public const string CriticalShape = "patients.vitals.critical";
    public const string TrendShape = "patients.vitals.trend";

    /// <summary>One row for each critical value, the latest first.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Critical(IReadOnlyList<VitalsRow> newestFirst) =>
    [
        .. newestFirst.SelectMany(row => row.Critical.Select(field => (Row: row, Code: VitalCode.All.First(code => code.Field == field))))
            .Select(one => (ReadOnlyMemory<byte>)Point(one.Row, one.Code, named: true).Bytes()),
    ];

    /// <summary>LOINC code and units of what was measured in any of the readings.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Codes(IReadOnlyList<VitalsRow> rows) =>
        [.. Measured(rows).Select(code => (ReadOnlyMemory<byte>)Named(code).Bytes())];

    /// <summary>One row for each kind of measurement, oldest value first in it; those with a critical value come first.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(IReadOnlyList<VitalsRow> newestFirst)
    {
        var critical = newestFirst.SelectMany(row => row.Critical).ToHashSet(StringComparer.Ordinal);
        return [.. Measured(newestFirst)
            .OrderByDescending(code => critical.Contains(code.Field))
            .Select(code => (ReadOnlyMemory<byte>)Trend(code, newestFirst, critical.Contains(code.Field)).Bytes())];
    }

    private static IEnumerable<VitalCode> Measured(IReadOnlyList<VitalsRow> rows) =>
        VitalCode.All.Where(code => rows.Any(row => row.Value(code.Field) is not null));

    private static JsonObject Trend(VitalCode code, IReadOnlyList<VitalsRow> newestFirst, bool critical)
    {
        var rows = newestFirst.Reverse().Where(row => row.Value(code.Field) is not null).ToList();
        var values = rows.ConvertAll(row => row.Value(code.Field)!.Value);
        var trend = Named(code);
        if (critical) trend["severity"] = "critical";
        trend["count"] = rows.Count;
        trend["latest"] = VitalCode.Text(values[^1]);
        trend["change"] = VitalCode.Text(values[^1] - values[0]);
        trend["lowest"] = VitalCode.Text(values.Min());
        trend["highest"] = VitalCode.Text(values.Max());
        trend["points"] = new JsonArray([.. rows.Select(row => (JsonNode)Point(row, code, named: false))]);
        return trend;
    }

    private static JsonObject Named(VitalCode code)
    {
        var row = new JsonObject { ["vital"] = code.Field, ["loinc"] = code.Loinc, ["unit"] = code.Unit };
        if (code.Metric is { } metric) row["metric_unit"] = metric.Unit;
        return row;
    }

    private static JsonObject Point(VitalsRow row, VitalCode code, bool named)
    {
        var point = named ? Named(code) : [];
        if (named)
        {
            point["severity"] = "critical";
            point["id"] = row.Id;
        }

        point["date_taken"] = row.DateTaken;

        // The API may flag what has no number; a made-up one would be read as measured.
        if (row.Value(code.Field) is not { } value) return point;
        point["value"] = VitalCode.Text(value);
        if (code.Metric is { } metric) point["metric_value"] = VitalCode.Text(metric.Convert(value));
        return point;
    }
}
