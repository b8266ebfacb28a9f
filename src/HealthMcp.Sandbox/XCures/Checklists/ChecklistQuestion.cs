using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.XCures.Checklists;

/// <summary>One question: the records of <paramref name="Kind"/> whose text has one of the words answer it with yes.</summary>
internal sealed record ChecklistQuestion(string Checklist, string Name, string Kind, string[] Words, bool Required)
{
    private const string Study = "Metastatic breast cancer study, eligibility";

    public static IReadOnlyList<ChecklistQuestion> All { get; } =
    [
        new(Study, "Has metastatic breast cancer", "condition", ["malignant neoplasm of", "secondary malignant"], true),
        new(Study, "Had an aromatase inhibitor", "medication", ["letrozole", "anastrozole", "exemestane"], true),
        new(Study, "Has an actionable biomarker", "biomarker", ["mutation", "positive", "variant", "pathogenic"], false),
        new("Chart completeness", "Has a pathology or imaging report", "imaging", [""], true),
        new("Chart completeness", "Has laboratory results", "lab", [""], true),
        new("Chart completeness", "Has a documented allergy status", "allergy", [""], false),
    ];

    public static IEnumerable<string> Checklists => All.Select(question => question.Checklist).Distinct();

    public string ChecklistId => IdOf(Checklist);

    public string Id => DeterministicId.Of("xcures", "checklist-item", Checklist, Name);

    public static string IdOf(string checklist) => DeterministicId.Of("xcures", "checklist", checklist);

    public IEnumerable<ChartLine> Answers(Person person) => Chart.Of(person).Where(line => line.Kind == Kind && Words.Any(word =>
        line.Fields.Values.Any(value => value.Contains(word, StringComparison.OrdinalIgnoreCase))));
}
