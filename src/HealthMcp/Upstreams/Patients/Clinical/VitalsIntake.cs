using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Turns arguments into a reading in the contract's units, or refuses with the likely mistake. Units are never guessed.</summary>
internal static class VitalsIntake
{
    /// <param name="input">What the caller measured.</param>
    /// <param name="today">Date in UTC; a day ahead is allowed, because the patient's calendar may be.</param>
    public static VitalsReading Read(RecordVitalsInput input, DateOnly today)
    {
        When(input.DateTaken, today);
        var reading = Given(input, input.DateTaken);
        Pressure(reading);
        reading = reading with { Bmi = BodyMassIndex(reading.Bmi, reading.WeightLbs, reading.HeightInches) };
        return reading.Measured.Count > 0
            ? reading
            : throw CallFailureException.Invalid(
                "",
                "Give at least one measurement, such as bp_systolic and bp_diastolic, pulse, temperature_f or weight_lbs.");
    }

    /// <summary>
    /// What changes in a stored reading. It must fit the rest of that reading; a body-mass index that follows from what changes is worked out anew.
    /// </summary>
    public static VitalsReading Correct(CorrectVitalsInput input, VitalsReading stored, DateOnly today)
    {
        if (input.DateTaken is { } date) When(date, today);
        var given = Given(input, input.DateTaken ?? "");
        if (given.Body().Length <= "{}".Length && input.Provider is null)
            throw CallFailureException.Invalid("", "Give at least one field with its right value, such as bp_systolic or weight_kg.");
        var merged = stored.With(given);
        Pressure(merged);
        var weighs = (given.WeightLbs ?? given.HeightInches ?? given.Bmi) is not null;
        return weighs ? given with { Bmi = BodyMassIndex(given.Bmi, merged.WeightLbs, merged.HeightInches) } : given;
    }

    private static VitalsReading Given(VitalsInput input, string date)
    {
        Limits(input);
        var weight = Either("weight_lbs", input.WeightLbs, "weight_kg", input.WeightKg, UsUnits.Pounds);
        var height = Either("height_inches", input.HeightInches, "height_cm", input.HeightCm, UsUnits.Inches);
        var temperature = Either("temperature_f", input.TemperatureF, "temperature_c", input.TemperatureC, UsUnits.Fahrenheit);
        return new VitalsReading(
            date, input.TimeTaken, input.BpSystolic, input.BpDiastolic, input.Pulse, input.RespirationRate, input.OxygenSaturation,
            temperature, weight, height, input.Bmi, input.BmiPercentile,
            Text(input.Note), Text(input.ProviderUuid), input.HasFollowupPlan, Text(input.WeightCode));
    }

    private static void Pressure(VitalsReading reading)
    {
        if (reading is { BpSystolic: { } high, BpDiastolic: { } low } && low >= high)
            throw CallFailureException.Invalid("bp_diastolic", "bp_diastolic must be below bp_systolic: the two may have been swapped.");
    }

    private static void When(string date, DateOnly today)
    {
        var taken = DateOnly.ParseExact(date, "yyyy-MM-dd", provider: null);
        if (taken > today.AddDays(1)) throw CallFailureException.Invalid("date_taken", "date_taken lies in the future: check the year, month and day.");
        if (taken < today.AddYears(-125)) throw CallFailureException.Invalid("date_taken", "date_taken lies more than 125 years back: check the year.");
    }

    private static void Limits(VitalsInput input)
    {
        VitalsLimits.Systolic.Check(input.BpSystolic);
        VitalsLimits.Diastolic.Check(input.BpDiastolic);
        VitalsLimits.Pulse.Check(input.Pulse);
        VitalsLimits.Respiration.Check(input.RespirationRate);
        VitalsLimits.Saturation.Check(input.OxygenSaturation);
        VitalsLimits.Fahrenheit.Check(input.TemperatureF);
        VitalsLimits.Celsius.Check(input.TemperatureC);
        VitalsLimits.Pounds.Check(input.WeightLbs);
        VitalsLimits.Kilograms.Check(input.WeightKg);
        VitalsLimits.Inches.Check(input.HeightInches);
        VitalsLimits.Centimetres.Check(input.HeightCm);
        VitalsLimits.BodyMassIndex.Check(input.Bmi);
    }

    private static decimal? Either(string usName, decimal? us, string metricName, decimal? metric, Func<decimal, decimal> convert) => (us, metric) switch
    {
        (not null, not null) => throw CallFailureException.Invalid(metricName, $"Give either {usName} or {metricName}, not both."),
        (null, { } value) => convert(value),
        _ => us,
    };

    // A tenth either way is rounding; more means that one of the three is wrong, and only the caller can say which.
    private static decimal? BodyMassIndex(decimal? given, decimal? pounds, decimal? inches)
    {
        if (pounds is null || inches is null) return given;
        var computed = UsUnits.BodyMassIndex(pounds.Value, inches.Value);
        if (computed is < 5 or > 210)
        {
            throw CallFailureException.Invalid("height_inches", "Height and weight do not go together for any living person: check both, and their units.");
        }

        if (given is { } bmi && Math.Abs(bmi - computed) > Math.Max(0.5m, computed * 0.02m))
            throw CallFailureException.Invalid(
                "bmi",
                "bmi does not agree with height and weight: leave it out to have it worked out, or check the three values and their units.");
        return given ?? computed;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
