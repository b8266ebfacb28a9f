using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>A Patient from a text. Without an identifier in the text it gets a synthetic one, as the contract says.</summary>
internal static partial class PatientText
{
    public static JsonObject Build(string text)
    {
        var patient = ResourceWriter.Of("Patient").Set("identifier", new JsonArray(Identifier(text))).Set("name", new JsonArray(Name(text)));
        patient.Set("gender", Female().IsMatch(text) ? "female" : Male().IsMatch(text) ? "male" : "unknown");
        if (Date().Match(text) is { Success: true } date && DateOnly.TryParse(date.Value, CultureInfo.InvariantCulture, out var day))
        {
            patient.Set("birthDate", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        return Phone().Match(text) is { Success: true } phone
            ? patient.Set("telecom", new JsonArray(new JsonObject { ["system"] = "phone", ["value"] = phone.Value }))
            : patient;
    }

    /// <summary>The text presents a person, rather than naming one in passing.</summary>
    public static bool IsIn(string text) => Presented().IsMatch(text) || RecordNumber().IsMatch(text);

    private static JsonObject Identifier(string text)
    {
        if (RecordNumber().Match(text) is { Success: true } number)
        {
            return new() { ["system"] = "urn:oid:2.16.840.1.113883.19.5", ["value"] = number.Groups["mrn"].Value };
        }

        // Derived from the text, so that the same text gives the same resource.
        return new() { ["system"] = "urn:phenoml:lang2fhir-generated-id", ["value"] = DeterministicId.Of("phenoml", "patient", text) };
    }

    private static JsonObject Name(string text)
    {
        var match = FullName().Match(text);
        return match.Success
            ? new() { ["family"] = match.Groups["last"].Value, ["given"] = new JsonArray(match.Groups["first"].Value) }
            : new() { ["text"] = "Unknown" };
    }

    [GeneratedRegex(@"\b(?!Patient\b)(?<first>\p{Lu}\p{Ll}+)\s+(\p{Lu}\.?\s+)?(?<last>\p{Lu}[\p{L}'-]+)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FullName();

    [GeneratedRegex(@"\bMRN[\s:#-]*(?<mrn>[A-Z0-9-]*\d[A-Z0-9-]*)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RecordNumber();

    [GeneratedRegex(@"\b(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(
        @"(\b\d{1,3}[- ](year|yr)s?[- ]old\b|\bborn\b|\bDOB\b|\bdate of birth\b|\b(?-i:(Patient|Mr\.?|Ms\.?|Mrs\.?) \p{Lu}\p{Ll}+))",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Presented();

    [GeneratedRegex(@"\b\d{3}-\d{3}-\d{4}\b", RegexOptions.None, 1000)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\b(female|woman|girl|she)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Female();

    [GeneratedRegex(@"\b(male|man|boy|he)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Male();
}
