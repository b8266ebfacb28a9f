using HealthMcp.Sandbox.DrCloud.Searching;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>The scopes that the vendor lists. Some types lack a role: an Appointment only a patient's token may read, a Group only a system's.</summary>
internal static class SmartScopes
{
    public static readonly string[] Base = ["openid", "fhirUser", "online_access", "offline_access", "launch", "launch/patient", "api:fhir"];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Role("patient", "PractitionerRole", "Group"),
        .. Role("user", "Appointment", "Group"),
        .. Role("system", "Appointment"),
        "user/Practitioner.write", "system/Patient.$export", "system/Group.$export", "system/*.$export", "system/*.$bulkdata-status",
        "patient/DocumentReference.$docref", "user/DocumentReference.$docref", "system/DocumentReference.$docref",
    ];

    /// <summary>What a client-credentials token may hold; a conformant server has no gap at Appointment, and lets it write.</summary>
    public static IEnumerable<string> ForSystem(bool conformant)
    {
        var scopes = All.Where(scope => scope.StartsWith("system/", StringComparison.Ordinal));
        return conformant ? scopes.Concat(["system/Appointment.read", "system/Practitioner.write"]) : scopes;
    }

    private static IEnumerable<string> Role(string role, params string[] without) =>
        SearchParameter.Types.Append("Binary").Except(without, StringComparer.Ordinal).Select(type => $"{role}/{type}.read");
}
