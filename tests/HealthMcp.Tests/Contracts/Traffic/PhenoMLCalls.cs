namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that between them reach every endpoint of PhenoML, as one script.</summary>
internal static class PhenoMLCalls
{
    public static readonly IReadOnlyList<CallStep> All =
    [
        .. CodeCalls.All,
        .. AnalysisCalls.All,
        .. LanguageCalls.All,
        .. ProviderCalls.All,
        .. AgentCalls.All,
    ];
}
