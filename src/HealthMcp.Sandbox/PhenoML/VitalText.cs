using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>A vital sign in a text, as an Observation would hold it.</summary>
internal sealed record Vital(string Code, string Display, decimal Value, string Unit, string Ucum)
{
    public JsonObject Concept =>
        new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://loinc.org", ["code"] = Code, ["display"] = Display }), ["text"] = Display };

    public JsonObject Quantity => new() { ["value"] = Value, ["unit"] = Unit, ["system"] = "http://unitsofmeasure.org", ["code"] = Ucum };
}

internal static partial class VitalText
{
    public static IReadOnlyList<Vital> Read(string text)
    {
        var found = new List<Vital>();
        if (BloodPressure().Match(text) is { Success: true } pressure)
        {
            found.Add(new("8480-6", "Systolic blood pressure", Number(pressure, "sys"), "mmHg", "mm[Hg]"));
            found.Add(new("8462-4", "Diastolic blood pressure", Number(pressure, "dia"), "mmHg", "mm[Hg]"));
        }

        Add(found, Pulse().Match(text), "8867-4", "Heart rate", _ => ("beats/minute", "/min"));
        Add(found, Saturation().Match(text), "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", _ => ("%", "%"));
        Add(found, Temperature().Match(text), "8310-5", "Body temperature", value => value > 60 ? ("degF", "[degF]") : ("Cel", "Cel"));
        Add(found, Respiration().Match(text), "9279-1", "Respiratory rate", _ => ("breaths/minute", "/min"));
        Measured(found, Weight().Match(text), "29463-7", "Body weight");
        Measured(found, Height().Match(text), "8302-2", "Body height");
        return found;
    }

    private static void Add(List<Vital> found, Match match, string code, string display, Func<decimal, (string Unit, string Ucum)> unit)
    {
        if (match.Success)
        {
            var value = Number(match, "n");
            found.Add(new(code, display, value, unit(value).Unit, unit(value).Ucum));
        }
    }

    private static void Measured(List<Vital> found, Match match, string code, string display)
    {
        var ucum = match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "KG" => "kg", "CM" => "cm", "M" => "m", "LB" or "LBS" or "POUNDS" => "[lb_av]", _ => "[in_i]",
        };
        Add(found, match, code, display, _ => (match.Groups["unit"].Value, ucum));
    }

    private static decimal Number(Match match, string group) => decimal.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(?<sys>\d{2,3})\s*/\s*(?<dia>\d{2,3})\b(?!\s*/)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BloodPressure();

    [GeneratedRegex(@"\b(pulse|heart rate|hr)\D{0,12}(?<n>\d{2,3})\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pulse();

    [GeneratedRegex(@"\b(spo2|o2 sat|oxygen saturation|sats?)\D{0,12}(?<n>\d{2,3})\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Saturation();

    [GeneratedRegex(@"\b(temp|temperature)\D{0,12}(?<n>\d{2,3}(\.\d+)?)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Temperature();

    [GeneratedRegex(@"\b(respiratory rate|respirations?|rr)\D{0,12}(?<n>\d{1,2})\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Respiration();

    [GeneratedRegex(
        @"\b(weight|weighs|wt)\D{0,12}(?<n>\d{1,3}(\.\d+)?)\s*(?<unit>kg|lbs?|pounds)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Weight();

    [GeneratedRegex(@"\b(height|ht)\D{0,12}(?<n>\d{1,3}(\.\d+)?)\s*(?<unit>cm|m|in|inches)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Height();
}
