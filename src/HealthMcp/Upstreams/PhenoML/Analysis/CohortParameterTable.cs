using System.Collections.Frozen;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>What the search parameters of FHIR R4 ask for, as far as cohorts are described by them. Any other is a piece of the query.</summary>
internal static class CohortParameterTable
{
    private static readonly FrozenDictionary<string, string> Kinds = new (string Kind, string[] Names)[]
    {
        ("code",
        [
            "code", "gender", "category", "status", "clinical-status", "verification-status", "severity", "type", "class", "intent", "priority",
            "vaccine-code", "component-code", "combo-code", "value-concept", "combo-value-concept", "body-site", "deceased", "active", "criticality",
            "manifestation", "reason-code", "outcome",
        ]),
        ("date",
        [
            "date", "onset-date", "recorded-date", "abatement-date", "authoredon", "effective", "period", "issued", "asserted-date", "death-date", "started",
            "occurrence", "_lastUpdated",
        ]),
        ("birth", ["birthdate"]),
        ("quantity", ["value-quantity", "combo-value-quantity", "component-value-quantity", "onset-age", "abatement-age"]),
    }.SelectMany(kind => kind.Names.Select(name => (name, kind.Kind))).ToFrozenDictionary(pair => pair.name, pair => pair.Kind, StringComparer.Ordinal);

    /// <summary>Codes that are words: those of FHIR's own value sets by which cohorts are described.</summary>
    private static readonly FrozenSet<string> Words = new[]
    {
        "male", "female", "other", "unknown", "active", "inactive", "recurrence", "relapse", "remission", "resolved", "confirmed", "unconfirmed", "provisional",
        "differential", "refuted", "entered-in-error", "completed", "stopped", "on-hold", "draft", "final", "amended", "corrected", "preliminary", "registered",
        "cancelled", "finished", "in-progress", "planned", "order", "plan", "proposal", "AMB", "EMER", "IMP", "VR", "HH", "laboratory", "vital-signs", "exam",
        "imaging", "social-history", "survey", "procedure", "therapy", "activity", "problem-list-item", "encounter-diagnosis", "health-concern", "food",
        "medication", "environment", "biologic", "low", "high", "mild", "moderate", "severe", "routine", "urgent", "true", "false",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsWord(string code) => Words.Contains(code);

    /// <summary>Member of the row that takes the value; null for a parameter that is not known here.</summary>
    public static string? KindOf(string name) => Kinds.GetValueOrDefault(name);
}
