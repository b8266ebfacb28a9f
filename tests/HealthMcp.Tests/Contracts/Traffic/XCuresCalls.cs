namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that between them reach every endpoint of xCures, as one script.</summary>
internal static class XCuresCalls
{
    private static readonly string[] Kinds =
    [
        "condition", "medication", "allergy", "procedure", "biomarker", "lab", "vital", "imaging", "radiation", "encounter",
        "family_history", "social_history", "survey", "coverage", "demographic",
    ];

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""") { Keep = [("subject", "data.0.id")] },
        .. Kinds.SelectMany(Concept),
    ];

    private static CallStep[] Concept(string kind) =>
    [
        new("get_clinical_concepts", $$"""{"subject":"<subject>","kinds":["{{kind}}"]}""") { Keep = [(kind, $"data.{kind}.0.id")] },
        new("get_clinical_concepts", $$"""{"subject":"<subject>","kinds":["{{kind}}"],"id":"<{{kind}}>"}"""),
    ];
}
