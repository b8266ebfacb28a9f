namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that between them reach every endpoint of PhenoML, as one script.</summary>
internal static class PhenoMLCalls
{
    public static readonly IReadOnlyList<CallStep> All =
    [
        new("extract_codes", """{"text":"He has type 2 diabetes."}"""),
        new("lang2fhir_create", """{"text":"Her blood pressure was 118/76.","resource":"auto"}"""),
        .. AgentCalls.All,
    ];
}
