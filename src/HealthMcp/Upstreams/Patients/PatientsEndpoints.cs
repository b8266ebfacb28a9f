using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Definitions;
using HealthMcp.Upstreams.Patients.People;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Operations of the Patients contract; the only place for its paths.</summary>
internal static class PatientsEndpoints
{
    public const string System = "patients";

    private const string One = "/api/v1/{org_id}/patients/{patient_uuid}";

    public static readonly Endpoint ListPatients = new(System, "GET", "/api/v1/{org_id}/patients", Effect.Read, "patients.patient") { Rows = "items" };

    public static readonly Endpoint GetPatient = new(System, "GET", One, Effect.Read, "patients.patient");

    public static readonly Endpoint ListVitals = new(System, "GET", $"{One}/vital-signs", Effect.Read, "patients.vitals") { Rows = "items" };

    public static readonly Endpoint GetVitals = new(System, "GET", $"{One}/vital-signs/{{vitals_uuid}}", Effect.Read, "patients.vitals");

    /// <summary>A repeat with the same Idempotency-Key answers 409 instead of writing again.</summary>
    public static readonly Endpoint CreateVitals = new(System, "POST", $"{One}/vital-signs", Effect.Create, "patients.vitals") { RepeatIsSafe = true };

    /// <summary>Operations that tools call.</summary>
    public static readonly IReadOnlyList<Endpoint> All =
    [
        ListPatients, GetPatient, ListVitals, GetVitals, CreateVitals,
        .. PeopleEndpoints.All,
        .. DefinitionEndpoints.All,
    ];

    public static readonly IReadOnlyList<Exclusion> Exclusions = [];
}
