using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Clinical;
using HealthMcp.Upstreams.Patients.Definitions;
using HealthMcp.Upstreams.Patients.People;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Operations of the Patients contract; the only place for its paths, with the tables of the folders below.</summary>
internal static class PatientsEndpoints
{
    public const string System = "patients";

    public static readonly Endpoint ListPatients = new(System, "GET", "/api/v1/{org_id}/patients", Effect.Read, "patients.patient") { Rows = "items" };

    public static readonly Endpoint GetPatient = new(System, "GET", "/api/v1/{org_id}/patients/{patient_uuid}", Effect.Read, "patients.patient");

    /// <summary>Operations that tools call.</summary>
    public static readonly IReadOnlyList<Endpoint> All =
    [
        ListPatients, GetPatient,
        .. ClinicalEndpoints.All,
        .. PeopleEndpoints.All,
        .. DefinitionEndpoints.All,
    ];

    public static readonly IReadOnlyList<Exclusion> Exclusions = [];
}
