using System.Text.Json;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>A set of vital signs in the contract's own fields and units; in a correction, those that change, and an empty date when it stays.</summary>
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
    /// <summary>A reading in which nothing was measured.</summary>
    public static VitalsReading Nothing { get; } = Of("{}"u8.ToArray());

    /// <summary>A stored reading. What is not a number there counts as not measured.</summary>
    public static VitalsReading Of(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var record = json.RootElement;
        int? Whole(string name) => record.Number(name) is { } number && decimal.IsInteger(number) && Math.Abs(number) < int.MaxValue ? (int)number : null;
        return new(
            record.Text("date_taken") ?? "", record.Text("time_taken"), Whole("bp_systolic"), Whole("bp_diastolic"), Whole("pulse"), Whole("respiration_rate"),
            Whole("oxygen_saturation"), record.Number("temperature_f"), record.Number("weight_lbs"), record.Number("height_inches"), record.Number("bmi"),
            Whole("bmi_percentile"), null, null, null, null);
    }

    /// <summary>This reading with what another has in the place of what was there.</summary>
    public VitalsReading With(VitalsReading other) => new(
        other.DateTaken.Length > 0 ? other.DateTaken : DateTaken, other.TimeTaken ?? TimeTaken, other.BpSystolic ?? BpSystolic,
        other.BpDiastolic ?? BpDiastolic, other.Pulse ?? Pulse, other.RespirationRate ?? RespirationRate, other.OxygenSaturation ?? OxygenSaturation,
        other.TemperatureF ?? TemperatureF, other.WeightLbs ?? WeightLbs, other.HeightInches ?? HeightInches, other.Bmi ?? Bmi,
        other.BmiPercentile ?? BmiPercentile, other.Note ?? Note, other.ProviderUuid ?? ProviderUuid, other.HasFollowupPlan ?? HasFollowupPlan,
        other.WeightCode ?? WeightCode);

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
        if (DateTaken.Length > 0) json.WriteString("date_taken", DateTaken);
        if (TimeTaken is not null) json.WriteString("time_taken", TimeTaken);
        foreach (var (name, value) in Integers.Where(one => one.Value is not null)) json.WriteNumber(name, value!.Value);
        foreach (var (name, value) in Texts.Where(one => one.Value is not null)) json.WriteString(name, value);
        if (HasFollowupPlan is { } planned) json.WriteBoolean("has_followup_plan", planned);
        foreach (var (name, value) in Decimals.Where(one => one.Value is not null)) json.WriteNumber(name, value!.Value);
        if (ProviderUuid is not null) json.WriteString("provider_uuid", ProviderUuid);
    });

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(VitalsReading);

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
