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
        var store = new PatientStore(vitals);
        var patients = new PatientOperations(store);
        var vitalSigns = new VitalsOperations(vitals, store);
        var interactions = new InteractionCheck();
        Operations =
        [
            new("GET", $"{Org}/patients", patients.List),
            new("GET", $"{Org}/patients/search", patients.Search),
            new("GET", $"{Org}/patients/cursor", patients.Cursor),
            new("GET", OnePatient, patients.Get),
            new("GET", $"{OnePatient}/vital-signs", vitalSigns.List),
            new("POST", $"{OnePatient}/vital-signs", vitalSigns.Create),
            new("GET", $"{OnePatient}/vital-signs/{{vitals_uuid}}", vitalSigns.Get),
            new("PATCH", $"{OnePatient}/vital-signs/{{vitals_uuid}}", vitalSigns.Update),
            new("POST", $"{OnePatient}/vital-signs/{{vitals_uuid}}/archive", vitalSigns.Archive),
            .. new ClinicalOperations(ClinicalKind.Allergy, store, interactions, options.Time).All(OnePatient, "allergies"),
            .. new ClinicalOperations(ClinicalKind.Disease, store, interactions, options.Time).All(OnePatient, "diseases"),
            .. new ClinicalOperations(ClinicalKind.Medication, store, interactions, options.Time).All(OnePatient, "medications"),
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

    public Answer Error(int status, string message) => Problem.Of(status, message);

    public Answer NoSuchRoute() => Problem.NotFound("Route");
}
