using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.Patients;

/// <summary>A set of vital signs in the contract's own fields and units.</summary>
internal sealed record VitalsReading(
    string DateTaken,
    string? TimeTaken,
    int? BpSystolic,
    int? BpDiastolic,
    int? Pulse,
    int? RespirationRate,
    int? OxygenSaturation,
    decimal? TemperatureF,
    decimal? WeightLbs,
    decimal? HeightInches,
    decimal? Bmi,
    int? BmiPercentile,
    string? Note,
    string? ProviderUuid,
    bool? HasFollowupPlan,
    string? WeightCode)
{
    /// <summary>Fields the API answers as strings though it takes numbers.</summary>
    public IEnumerable<(string Name, decimal? Value)> Decimals =>
        [("temperature_f", TemperatureF), ("weight_lbs", WeightLbs), ("height_inches", HeightInches), ("bmi", Bmi)];

    public IEnumerable<(string Name, int? Value)> Integers =>
    [
        ("bp_systolic", BpSystolic), ("bp_diastolic", BpDiastolic), ("pulse", Pulse), ("respiration_rate", RespirationRate),
        ("oxygen_saturation", OxygenSaturation), ("bmi_percentile", BmiPercentile),
    ];

    public IEnumerable<(string Name, string? Value)> Texts => [("note", Note), ("weight_code", WeightCode)];

    /// <summary>Names of what was measured, as the API calls it.</summary>
    public IReadOnlyList<string> Measured =>
        [.. Integers.Where(one => one.Value is not null).Select(one => one.Name), .. Decimals.Where(one => one.Value is not null).Select(one => one.Name)];

    /// <summary>Names of the texts, which a preview may not show.</summary>
    public IReadOnlyList<string> Worded => [.. Texts.Where(one => one.Value is not null).Select(one => one.Name)];

    /// <summary>The request exactly as the contract has it; absent means "not measured".</summary>
    public byte[] Body() => Written(json =>
    {
        Common(json);
        foreach (var (name, value) in Decimals.Where(one => one.Value is not null)) json.WriteNumber(name, value!.Value);
        if (ProviderUuid is not null) json.WriteString("provider_uuid", ProviderUuid);
    });

    /// <summary>The record as it will read back, for the person or model that approves it.</summary>
    /// <param name="patient">Whose chart it goes to.</param>
    /// <param name="texts">
    /// Texts come along. Below the identified level they do not: what the caller wrote, given back with the patient's own values taken out, would
    /// tell which of many guesses is one of them.
    /// </param>
    public byte[] Preview(FoundPatient patient, bool texts) => (texts ? this : this with { Note = null, WeightCode = null }).Written(patient);

    private byte[] Written(FoundPatient patient) => Written(json =>
    {
        json.WriteStartObject("patient");
        json.WriteString("id", patient.Id);
        json.WriteString("name", patient.Label);
        json.WriteEndObject();
        Common(json);
        foreach (var (name, value) in Decimals.Where(one => one.Value is not null)) json.WriteString(name, value!.Value.ToString(CultureInfo.InvariantCulture));
        if (ProviderUuid is null) return;
        json.WriteStartObject("provider");
        json.WriteString("id", ProviderUuid);
        json.WriteEndObject();
    });

    /// <summary>The stored record without what the caller wrote in words, for the same reason as in <see cref="Preview"/>.</summary>
    public static ReadOnlyMemory<byte> WithoutTexts(ReadOnlyMemory<byte> row)
    {
        if (JsonNode.Parse(row.Span) is not JsonObject record) return row;
        record.Remove("note");
        record.Remove("weight_code");
        return Encoding.UTF8.GetBytes(record.ToJsonString());
    }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(VitalsReading);

    private void Common(Utf8JsonWriter json)
    {
        json.WriteString("date_taken", DateTaken);
        if (TimeTaken is not null) json.WriteString("time_taken", TimeTaken);
        foreach (var (name, value) in Integers.Where(one => one.Value is not null)) json.WriteNumber(name, value!.Value);
        foreach (var (name, value) in Texts.Where(one => one.Value is not null)) json.WriteString(name, value);
        if (HasFollowupPlan is { } planned) json.WriteBoolean("has_followup_plan", planned);
    }

    private static byte[] Written(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
