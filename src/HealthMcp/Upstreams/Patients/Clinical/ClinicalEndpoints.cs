using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Operations on vital signs, allergies, problems and medications.</summary>
internal static class ClinicalEndpoints
{
    private const string One = "/api/v1/{org_id}/patients/{patient_uuid}";
    private const string OneVitals = One + "/vital-signs/{vitals_uuid}";
    private const string OneAllergy = One + "/allergies/{allergy_uuid}";
    private const string OneProblem = One + "/diseases/{disease_uuid}";
    private const string OneMedication = One + "/medications/{medication_uuid}";

    public static readonly Endpoint ListVitals = List($"{One}/vital-signs", "patients.vitals");

    public static readonly Endpoint GetVitals = new(PatientsEndpoints.System, "GET", OneVitals, Effect.Read, "patients.vitals");

    public static readonly Endpoint CreateVitals = Create($"{One}/vital-signs", "patients.vitals");

    public static readonly Endpoint UpdateVitals = Update(OneVitals, "patients.vitals");

    public static readonly Endpoint ArchiveVitals = Archive(OneVitals, "patients.vitals");

    public static readonly Endpoint ListAllergies = List($"{One}/allergies", "patients.allergy");

    public static readonly Endpoint CreateAllergy = Create($"{One}/allergies", "patients.allergy");

    public static readonly Endpoint UpdateAllergy = Update(OneAllergy, "patients.allergy");

    public static readonly Endpoint ArchiveAllergy = Archive(OneAllergy, "patients.allergy");

    public static readonly Endpoint ListProblems = List($"{One}/diseases", "patients.disease");

    public static readonly Endpoint CreateProblem = Create($"{One}/diseases", "patients.disease");

    public static readonly Endpoint UpdateProblem = Update(OneProblem, "patients.disease");

    public static readonly Endpoint ArchiveProblem = Archive(OneProblem, "patients.disease");

    public static readonly Endpoint ListMedications = List($"{One}/medications", "patients.medication");

    public static readonly Endpoint CreateMedication = Create($"{One}/medications", "patients.medication");

    public static readonly Endpoint UpdateMedication = Update(OneMedication, "patients.medication");

    public static readonly Endpoint ArchiveMedication = Archive(OneMedication, "patients.medication");

    /// <summary>Operations that tools call.</summary>
    public static readonly IReadOnlyList<Endpoint> All =
    [
        ListVitals, GetVitals, CreateVitals, UpdateVitals, ArchiveVitals,
        ListAllergies, CreateAllergy, UpdateAllergy, ArchiveAllergy,
        ListProblems, CreateProblem, UpdateProblem, ArchiveProblem,
        ListMedications, CreateMedication, UpdateMedication, ArchiveMedication,
    ];

    private static Endpoint List(string path, string shape) => new(PatientsEndpoints.System, "GET", path, Effect.Read, shape) { Rows = "items" };

    /// <summary>A repeat with the same Idempotency-Key answers 409 instead of writing again.</summary>
    private static Endpoint Create(string path, string shape) => new(PatientsEndpoints.System, "POST", path, Effect.Create, shape) { RepeatIsSafe = true };

    /// <summary>A repeat with the same base_version answers 409, because the version has moved.</summary>
    private static Endpoint Update(string path, string shape) => new(PatientsEndpoints.System, "PATCH", path, Effect.Update, shape) { RepeatIsSafe = true };

    private static Endpoint Archive(string path, string shape) => new(PatientsEndpoints.System, "POST", $"{path}/archive", Effect.Delete, shape);
}
