using System.Collections.Frozen;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>A FHIR type that can be searched.</summary>
/// <param name="Name">Type name.</param>
/// <param name="Dates">Date parameters that say when it happened, the best first; the first is what date_from and date_to mean.</param>
internal sealed record FhirType(string Name, IReadOnlyList<string> Dates)
{
    /// <summary>In which roles the vendor lets it be read: system with a key, user and patient with a sign-in.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["system", "user", "patient"];
}

/// <summary>The 24 searchable types: the vendor's 25 less Binary, which can only be read.</summary>
internal static class FhirTypes
{
    public static readonly IReadOnlyList<FhirType> All =
    [
        new("AllergyIntolerance", ["date"]),
        new("Appointment", ["date"]) { Roles = ["patient"] },
        new("CarePlan", ["date"]),
        new("CareTeam", ["date"]),
        new("Condition", ["onset-date", "recorded-date"]),
        new("Coverage", []),
        new("Device", []),
        new("DiagnosticReport", ["date"]),
        new("DocumentReference", ["date"]),
        new("Encounter", ["date"]),
        new("Goal", ["start-date"]),
        new("Group", []) { Roles = ["system"] },
        new("Immunization", ["date"]),
        new("Location", []),
        new("Medication", []),
        new("MedicationRequest", ["authoredon"]),
        new("Observation", ["date"]),
        new("Organization", []),
        new("Patient", []),
        new("Person", []),
        new("Practitioner", []),
        new("PractitionerRole", ["date"]) { Roles = ["system", "user"] },
        new("Procedure", ["date"]),
        new("Provenance", ["recorded"]),
    ];

    /// <summary>Files, which can only be read.</summary>
    public static readonly FhirType Binary = new("Binary", []);

    public static readonly IReadOnlyList<FhirType> Readable = [.. All, Binary];

    public static readonly FrozenDictionary<string, FhirType> ByName = All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>With what the operations that are not types' own need: bulk export and the summary of a chart.</summary>
    public static IEnumerable<string> SystemScopes =>
    [
        .. Scopes("system"),
        "system/Patient.$export", "system/Group.$export", "system/*.$export", "system/*.$bulkdata-status", "system/DocumentReference.$docref",
    ];

    public static IEnumerable<string> UserScopes => [.. Scopes("user"), "user/DocumentReference.$docref"];

    public static IEnumerable<string> PatientScopes => [.. Scopes("patient"), "patient/DocumentReference.$docref"];

    private static IEnumerable<string> Scopes(string role) =>
        Readable.Where(type => type.Roles.Contains(role, StringComparer.Ordinal)).Select(type => $"{role}/{type.Name}.read");
}
