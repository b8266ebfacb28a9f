using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>A stored reading, with its numbers read and what is critical in it.</summary>
internal sealed class VitalsRow
{
    private readonly JsonObject _record;
    private readonly Dictionary<string, decimal> _values;

    private VitalsRow(JsonObject record, Dictionary<string, decimal> values, IReadOnlyList<string> critical, bool other) =>
        (_record, _values, Critical, HasOtherCritical) = (record, values, critical, other);

    /// <summary>Fields with a value that is critical for an adult at rest, or that the practice's API calls critical.</summary>
    public IReadOnlyList<string> Critical { get; }

    /// <summary>The practice's API calls something critical that is none of the fields.</summary>
    public bool HasOtherCritical { get; }

    /// <summary>For sorting; YYYY-MM-DD and the time of day as the API writes them.</summary>
    public string Taken => $"{Text("date_taken")}T{Text("time_taken")}";

    public bool IsProcedureBlocking => _record["is_procedure_blocking"]?.GetValueKind() == JsonValueKind.True;

    public JsonNode? DateTaken => _record["date_taken"]?.DeepClone();

    public JsonNode? Id => _record["id"]?.DeepClone();

    /// <exception cref="JsonException">The row is no object.</exception>
    public static VitalsRow Of(ReadOnlyMemory<byte> row)
    {
        var record = JsonNode.Parse(row.Span) as JsonObject ?? throw new JsonException("object expected");
        using var json = JsonDocument.Parse(row);
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var code in VitalCode.All) if (json.RootElement.Number(code.Field) is { } value) values[code.Field] = value;
        var critical = VitalCode.All.Select(code => code.Field).Intersect(CriticalOf(json.RootElement, row), StringComparer.Ordinal).ToList();
        return new(record, values, critical, VitalsNotices.HasOtherCritical(json.RootElement));
    }

    public decimal? Value(string field) => _values.TryGetValue(field, out var value) ? value : null;

    /// <summary>The record as the API wrote it, with the metric twins of what it keeps in US units.</summary>
    public ReadOnlyMemory<byte> WithMetric()
    {
        foreach (var code in VitalCode.All)
            if (code.Metric is { } metric && Value(code.Field) is { } value) _record[metric.Field] = VitalCode.Text(metric.Convert(value));
        return _record.Bytes();
    }

    private static IEnumerable<string> CriticalOf(JsonElement record, ReadOnlyMemory<byte> row) =>
        VitalsWarnings.Critical(VitalsReading.Of(row)).Concat(VitalsNotices.Critical(record));

    private string Text(string name) => _record[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
