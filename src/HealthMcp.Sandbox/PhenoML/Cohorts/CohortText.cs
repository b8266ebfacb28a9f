using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthMcp.Sandbox.PhenoML.Cohorts;

/// <summary>One concept of a cohort, as a FHIR search.</summary>
internal sealed record Criterion(string Type, string Search, string Concept, bool Exclude);

/// <summary>Reads who belongs to a cohort: sex, age, and what the lexicon names, each with or without "not".</summary>
internal static partial class CohortText
{
    private static readonly (string System, string Type)[] Kinds =
        [("SNOMED_CT_US_LITE", "Condition"), ("RXNORM", "MedicationRequest"), ("LOINC", "Observation")];

    public static IReadOnlyList<Criterion> Read(string text, DateOnly today)
    {
        var found = new List<Criterion>();
        if (People(text, today) is { } people)
        {
            found.Add(people);
        }

        foreach (var (system, type) in Kinds)
        {
            var named = Finding.In(text, 0, text.Length, [.. Lexicon.Of(system), .. Families(system)]);
            found.AddRange(named.DistinctBy(one => one.Entry.Code).Select(one => new Criterion(type, $"code={one.Entry.Code}", one.Term, one.IsNegated)));
        }

        return found;
    }

    // "diabetes" alone names the family, which the lexicon has as an ancestor.
    private static IEnumerable<LexiconEntry> Families(string system) => Lexicon.Of(system)
        .Where(entry => entry.AncestorText == "Diabetes mellitus")
        .Take(1)
        .Select(entry => entry with { Code = entry.AncestorCode, Description = entry.AncestorText, Terms = ["diabetes mellitus", "diabetes"] });

    private static Criterion? People(string text, DateOnly today)
    {
        var parts = new List<string>();
        var words = new List<string>();
        if (Sex().Match(text) is { Success: true } sex)
        {
            parts.Add(Female().IsMatch(sex.Value) ? "gender=female" : "gender=male");
            words.Add(sex.Value);
        }

        foreach (Match age in Age().Matches(text))
        {
            parts.Add(Born(age, today));
            words.Add(age.Value);
        }

        if (Between().Match(text) is { Success: true } range)
        {
            parts.Add($"birthdate=le{Years(range.Groups["low"], today)}&birthdate=ge{Years(range.Groups["high"], today)}");
            words.Add(range.Value);
        }

        return parts.Count == 0 ? null : new Criterion("Patient", string.Join('&', parts), string.Join(' ', words), false);
    }

    private static string Born(Match age, DateOnly today) =>
        age.Groups["over"].Success ? $"birthdate=le{Years(age.Groups["n"], today)}" : $"birthdate=gt{Years(age.Groups["n"], today)}";

    private static string Years(Group number, DateOnly today) =>
        today.AddYears(-int.Parse(number.Value, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(female|women|woman|girls?|male|men|man|boys?)( patients)?\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sex();

    [GeneratedRegex(@"\A(f|w|g)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Female();

    [GeneratedRegex(
        @"\b((?<over>over|older than|above|at least)|(?<under>under|younger than|below))\s+(?<n>\d{1,3})\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Age();

    [GeneratedRegex(@"\b(between|aged)\s+(?<low>\d{1,3})\s+(and|to)\s+(?<high>\d{1,3})\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Between();
}
