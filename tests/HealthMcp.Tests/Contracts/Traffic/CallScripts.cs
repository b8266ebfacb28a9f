using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>The script of calls of each system.</summary>
internal static class CallScripts
{
    // The EHR as FHIR has it: the vendor's own form has no former versions, and lets only a person's sign-in write.
    public static SandboxOptions Sandbox(string system) => new() { KeepAnswers = true, Conformant = system == "drcloud" };

    /// <summary>The catalog's name of an operation of the sandbox's journal; the EHR's catalog begins behind the site.</summary>
    public static string KeyOf(string system, string operation) => $"{system} {operation.Replace("/apis/{site}", "", StringComparison.Ordinal)}";

    public static IReadOnlyList<CallStep> Of(string system) => system switch
    {
        "xcures" => XCuresCalls.All,
        "patients" => PatientsCalls.All,
        "drcloud" => DrCloudCalls.All,
        _ => throw new ArgumentOutOfRangeException(nameof(system)),
    };
}
