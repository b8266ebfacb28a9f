namespace HealthMcp.Upstreams.XCures;

/// <summary>The fifteen kinds of clinical concepts, named as in the paths.</summary>
internal static class ConceptKinds
{
    public static readonly IReadOnlyList<string> All =
    [
        "condition", "medication", "allergy", "procedure", "biomarker", "lab", "vital", "imaging", "radiation", "encounter",
        "family_history", "social_history", "survey", "coverage", "demographic",
    ];

    /// <summary>What most clinical questions are about; the rest is asked for by name.</summary>
    public static readonly IReadOnlyList<string> Default = ["condition", "medication", "allergy", "procedure", "biomarker", "lab", "vital"];

    /// <summary>Kinds whose rows are mostly names, addresses, member numbers and birth dates, so that narrowing them tells such a value.</summary>
    public static readonly IReadOnlySet<string> Identifying = new HashSet<string>(["demographic", "coverage"], StringComparer.Ordinal);
}
