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

    /// <summary>Member of the row that takes the value; null for a parameter that is not known here.</summary>
    public static string? KindOf(string name) => Kinds.GetValueOrDefault(name);
}
