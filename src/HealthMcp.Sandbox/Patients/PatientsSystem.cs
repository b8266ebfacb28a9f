using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

internal sealed class PatientsSystem : IHealthSystem
{
    public const string ApiToken = "sandbox-patients-token";
    private const string Org = "/api/v1/{org_id}";
    private const string OnePatient = Org + "/patients/{patient_uuid}";

    public PatientsSystem(SandboxOptions options)
    {
        Tokens = new(options.Time);
        var vitals = new VitalsStore(options.Time);
        var patients = new PatientStore(vitals, options.Time);
        var (shelves, interactions) = (new PracticeShelves(options.Time), new InteractionCheck());
        var allergies = new ClinicalOperations(ClinicalKind.Allergy, patients, interactions, options.Time);
        var diseases = new ClinicalOperations(ClinicalKind.Disease, patients, interactions, options.Time);
        var medications = new ClinicalOperations(ClinicalKind.Medication, patients, interactions, options.Time);
        Operations =
        [
            .. Reading(new PatientOperations(patients)),
            .. Vitals(new VitalsOperations(vitals, patients)),
            .. allergies.All(OnePatient, "allergies"),
            .. diseases.All(OnePatient, "diseases"),
            .. medications.All(OnePatient, "medications"),
            .. PeopleRoutes.Of(patients, shelves, vitals, new ClinicalLists(allergies.Of, diseases.Of, medications.Of)),
            .. PeopleRoutes.Definitions(shelves),
        ];
    }

    public static string OrgId { get; } = DeterministicId.Of("patients", "org");

    public string Name => "patients";

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Unused: the API token is fixed and does not expire.</summary>
    public TokenStore Tokens { get; }

    public Answer? Refuse(Exchange exchange)
    {
        if (exchange.Bearer != ApiToken)
        {
            return Problem.Of(401, "Not authenticated");
        }

        return exchange.Route("org_id") == OrgId ? null : Problem.NotFound("Organization");
    }

    private static IEnumerable<Operation> Reading(PatientOperations patients) =>
    [
        new("GET", $"{Org}/patients", patients.List),
        new("GET", $"{Org}/patients/search", patients.Search),
        new("GET", $"{Org}/patients/cursor", patients.Cursor),
        new("GET", OnePatient, patients.Get),
    ];

    private static IEnumerable<Operation> Vitals(VitalsOperations vitals) =>
    [
        new("GET", $"{OnePatient}/vital-signs", vitals.List),
        new("POST", $"{OnePatient}/vital-signs", vitals.Create),
        new("GET", $"{OnePatient}/vital-signs/{{vitals_uuid}}", vitals.Get),
        new("PATCH", $"{OnePatient}/vital-signs/{{vitals_uuid}}", vitals.Update),
        new("POST", $"{OnePatient}/vital-signs/{{vitals_uuid}}/archive", vitals.Archive),
    ];

    public Answer Error(int status, string message) => Problem.Of(status, message);

    public Answer NoSuchRoute() => Problem.NotFound("Route");
}
