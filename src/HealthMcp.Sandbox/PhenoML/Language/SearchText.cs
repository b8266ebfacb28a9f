using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthMcp.Sandbox.PhenoML.Language;

/// <summary>A FHIR search from a question: the type by its words, codes by the lexicon, days by a few forms of writing them.</summary>
internal static partial class SearchText
{
    private static readonly (string Type, string[] Cues, string System)[] Types =
    [
        ("Appointment", ["appointment"], ""),
        ("Schedule", ["schedule"], ""),
        ("DiagnosticReport", ["lab result", "lab report", "imaging report", "report"], "LOINC"),
        ("MedicationRequest", ["medication", "prescription", "prescribed", "takes ", "drug"], "RXNORM"),
        ("Observation", ["vital sign", "blood pressure", "observation", "measurement", "lab value"], "LOINC"),
        ("AllergyIntolerance", ["allerg"], "SNOMED_CT_US_LITE"),
        ("Immunization", ["immuniz", "vaccin"], ""),
        ("Procedure", ["procedure", "surgery", "operation"], "SNOMED_CT_US_LITE"),
        ("Encounter", ["encounter", "visit", "admission"], ""),
        ("CarePlan", ["care plan"], ""),
        ("Coverage", ["insurance", "coverage"], ""),
        ("DocumentReference", ["document", "note"], ""),
        ("Practitioner", ["dr.", "doctor", "practitioner"], ""),
    ];

    public static (string Type, string Parameters) Read(string text, DateTimeOffset now)
    {
        var rule = Types.FirstOrDefault(row => Array.Exists(row.Cues, cue => text.Contains(cue, StringComparison.OrdinalIgnoreCase)));
        var system = rule.Type is null ? "SNOMED_CT_US_LITE" : rule.System;
        var finding = system.Length == 0 ? null : Finding.In(text, 0, text.Length, system).FirstOrDefault();
        var type = rule.Type ?? (finding is null && NameOf().IsMatch(text) ? "Patient" : "Condition");
        List<string> parameters =
        [
            .. finding is null ? [] : new[] { $"code={Uri(system)}|{finding.Entry.Code}" },
            .. type == "MedicationRequest" && text.Contains("active", StringComparison.OrdinalIgnoreCase) ? ["status=active"] : Array.Empty<string>(),
            .. type is "Patient" or "Practitioner" && NameOf().Match(text) is { Success: true } name
                ? [$"name={name.Groups["last"].Value}"] : Array.Empty<string>(),
            .. Days(text, now) is var (from, to) && DateName(type) is { } date
                ? [$"{date}=ge{Iso(from)}", $"{date}=le{Iso(to)}"] : Array.Empty<string>(),
        ];
        return (type, string.Join('&', parameters));
    }

    private static string? DateName(string type) => type switch
    {
        "MedicationRequest" => "authoredon",
        "Condition" => "recorded-date",
        "Patient" or "Practitioner" or "Coverage" => null,
        _ => "date",
    };

    private static (DateOnly From, DateOnly To)? Days(string text, DateTimeOffset now)
    {
        if (Between().Match(text) is { Success: true } match)
        {
            var month = match.Groups["month"].Value + " ";
            return (Day(month + match.Groups["from"].Value + ", " + match.Groups["year"].Value),
                Day(month + match.Groups["to"].Value + ", " + match.Groups["year"].Value));
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (text.Contains("next week", StringComparison.OrdinalIgnoreCase))
        {
            var monday = today.AddDays(8 - (today.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)today.DayOfWeek));
            return (monday, monday.AddDays(6));
        }

        return IsoDay().Match(text) is { Success: true } one && DateOnly.TryParseExact(one.Value, "yyyy-MM-dd", out var day) ? (day, day)
            : Year().Match(text) is { Success: true } year && int.Parse(year.Value, CultureInfo.InvariantCulture) is var number
                ? (new DateOnly(number, 1, 1), new DateOnly(number, 12, 31)) : null;
    }

    private static DateOnly Day(string text) => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) ? day : DateOnly.MinValue;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Uri(string system) => system switch
    {
        "RXNORM" => "http://www.nlm.nih.gov/research/umls/rxnorm", "LOINC" => "http://loinc.org", _ => "http://snomed.info/sct",
    };

    [GeneratedRegex(
        @"\b(?<month>(Jan|Febr)uary|March|April|May|June|July|August|(Septem|Octo|Novem|Decem)ber) "
            + @"(?<from>\d{1,2})\s*(-|to|and)\s*(?<to>\d{1,2}),? (?<year>\d{4})\b",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Between();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b", RegexOptions.None, 1000)]
    private static partial Regex IsoDay();

    [GeneratedRegex(@"\b(19|20)\d{2}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Year();

    [GeneratedRegex(@"\b(Dr\. (?<last>\p{Lu}\p{Ll}+)|(named|called|patient) (\p{Lu}\p{Ll}+ )?(?<last>\p{Lu}\p{Ll}+))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameOf();
}
