namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>The script of calls of each system.</summary>
internal static class CallScripts
{
    public static IReadOnlyList<CallStep> Of(string system) => system switch
    {
        "xcures" => XCuresCalls.All,
        "patients" => PatientsCalls.All,
        "phenoml" => PhenoMLCalls.All,
        _ => throw new ArgumentOutOfRangeException(nameof(system)),
    };
}
