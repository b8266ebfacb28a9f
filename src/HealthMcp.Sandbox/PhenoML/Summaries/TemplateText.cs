using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HealthMcp.Sandbox.PhenoML.Summaries;

/// <summary>Templates: a sample becomes one by replacing what differs from patient to patient; filled in, it becomes a summary.</summary>
internal static partial class TemplateText
{
    private static readonly (string Type, string System, string Path)[] Concepts =
        [("MedicationRequest", "RXNORM", "medicationCodeableConcept"), ("Condition", "SNOMED_CT_US_LITE", "code"), ("Observation", "LOINC", "code")];

    public static string From(string example, IReadOnlyList<string> targets)
    {
        var spans = new List<(int Start, int Length, string Field)>();
        foreach (var (type, system, path) in Concepts.Where(concept => targets.Contains(concept.Type, StringComparer.Ordinal)))
        {
            var number = 0;
            spans.AddRange(Finding.In(example, 0, example.Length, system).Select(found => (found.Start, found.Length, $"{type}[{number++}].{path}")));
        }

        if (targets.Contains("Patient", StringComparer.Ordinal))
        {
            spans.AddRange(Name().Matches(example).Select(match => (match.Groups["name"].Index, match.Groups["name"].Length, "Patient.name")));
            spans.AddRange(Age().Matches(example).Select(match => (match.Groups["age"].Index, match.Groups["age"].Length, "Patient.age")));
        }

        spans.AddRange(Date().Matches(example).Select((match, number) => (match.Index, match.Length, DateField(targets, number))));
        return Replaced(example, spans);
    }

    public static string Fill(string template, IReadOnlyList<JsonObject> resources, DateTimeOffset now, out IReadOnlyList<string> warnings)
    {
        var missing = new List<string>();
        var text = Placeholder().Replace(template, match =>
        {
            if (Value(match.Groups["path"].Value, resources, now) is { } value)
            {
                return value;
            }

            missing.Add($"Unresolved placeholder: {match.Value}");
            return "[not documented]";
        });
        warnings = missing;
        return text;
    }

    private static string? Value(string path, IReadOnlyList<JsonObject> resources, DateTimeOffset now)
    {
        var parts = path.Split('.').Select(Part).ToList();
        JsonNode? at = resources.Where(resource => resource.Type() == parts[0].Name).ElementAtOrDefault(parts[0].Index);
        if (parts is [{ Name: "Patient" }, { Name: "age" }])
        {
            return at.At("birthDate") is { } born && DateOnly.TryParse(born.ToString(), CultureInfo.InvariantCulture, out var day) ? Years(day, now) : null;
        }

        foreach (var (name, index) in parts.Skip(1))
        {
            var inner = at is JsonObject members && members.TryGetPropertyValue(name, out var value) ? value : null;
            at = inner is JsonArray list ? list.ElementAtOrDefault(index) : name == "text" && inner is null ? at : inner;
        }

        return Resources.Say(at);
    }

    private static (string Name, int Index) Part(string part)
    {
        var cut = part.IndexOf('[', StringComparison.Ordinal);
        return cut < 0 ? (part, 0) : (part[..cut], int.TryParse(part[(cut + 1)..^1], out var index) ? index : 0);
    }

    private static string Years(DateOnly born, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return (today.Year - born.Year - (today < born.AddYears(today.Year - born.Year) ? 1 : 0)).ToString(CultureInfo.InvariantCulture);
    }

    private static string DateField(IReadOnlyList<string> targets, int number) =>
        targets.Contains("Encounter", StringComparer.Ordinal) ? $"Encounter[0].period.{(number == 0 ? "start" : "end")}"
        : targets.Contains("Condition", StringComparer.Ordinal) && number == 0 ? "Condition[0].onsetDateTime"
        : $"MedicationRequest[{Math.Max(0, number - 1)}].authoredOn";

    private static string Replaced(string example, IEnumerable<(int Start, int Length, string Field)> spans)
    {
        var end = example.Length;
        foreach (var (start, length, field) in spans.OrderByDescending(span => span.Start).ThenByDescending(span => span.Length))
        {
            if (start + length > end)
            {
                continue;
            }

            example = $"{example[..start]}{{{{{field}}}}}{example[(start + length)..]}";
            end = start;
        }

        return example;
    }

    [GeneratedRegex(@"\{\{\s*(?<path>[A-Za-z]+(\[\d+\])?(\.[A-Za-z]+(\[\d+\])?)*)\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b(Patient|Mr\.|Mrs\.|Ms\.)\s+(?<name>\p{Lu}\p{Ll}+(\s+\p{Lu}[\p{L}'-]+)+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(age|aged)\s+(?<age>\d{1,3})\b|\b(?<age>\d{1,3})[- ]years?[- ]old\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Age();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b", RegexOptions.None, 1000)]
    private static partial Regex Date();
}
