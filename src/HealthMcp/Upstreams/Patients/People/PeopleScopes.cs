namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Scopes that the tools of this folder ask for.</summary>
internal static class PeopleScopes
{
    public const string Read = "patients/records.read";
    public const string Write = "patients/records.write";
}
