using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Operations about who the patients are, and what the practice keeps of them besides the medical record.</summary>
internal static class PeopleEndpoints
{
    private const string Org = "/api/v1/{org_id}/patients";
    private const string One = Org + "/{patient_uuid}";

    public static readonly Endpoint Typeahead = Get($"{Org}/search", "patients.patient", "items");

    /// <summary>Keyset pages: a row that is added meanwhile shifts no other.</summary>
    public static readonly Endpoint Walk = Get($"{Org}/cursor", "patients.patient", "data");

    public static readonly Endpoint CountByLocation = Get($"{Org}/counts/by-location", "patients.location_count.page");

    /// <summary>A question, though it is posted: nothing is written.</summary>
    public static readonly Endpoint CheckDuplicates = Post($"{Org}/check-duplicates", Effect.Read, "patients.patient") with { Rows = "items" };

    public static readonly Endpoint MedicalSummary = Get($"{One}/medical-summary", "patients.medical_summary");

    /// <summary>A repeat with the same Idempotency-Key answers 409 instead of writing again.</summary>
    public static readonly Endpoint CreatePatient = Post(Org, Effect.Create, "patients.patient") with { RepeatIsSafe = true };

    public static readonly Endpoint UpdatePatient = Patch("", "patients.patient");

    public static readonly Endpoint Transition = Post($"{One}/transition-status", Effect.Update, "patients.patient");

    public static readonly Endpoint ArchivePatient = Post($"{One}/archive", Effect.Delete, "patients.patient");

    public static readonly Endpoint RestorePatient = Post($"{One}/restore", Effect.Update, "patients.patient");

    public static readonly Endpoint Import = Post($"{Org}/bulk", Effect.Create, "patients.import_row") with { Rows = "results" };

    public static readonly Endpoint ListAlerts = Get($"{One}/alerts", "patients.alert", "items");

    public static readonly Endpoint CreateAlert = Post($"{One}/alerts", Effect.Create, "patients.alert") with { RepeatIsSafe = true };

    public static readonly Endpoint UpdateAlert = Patch("/alerts/{alert_uuid}", "patients.alert");

    public static readonly Endpoint ArchiveAlert = Post($"{One}/alerts/{{alert_uuid}}/archive", Effect.Delete, "patients.alert");

    public static readonly Endpoint DisableAlert = Post($"{One}/alerts/{{alert_uuid}}/disable", Effect.Update, "patients.alert");

    public static readonly Endpoint DismissAlerts = Post($"{One}/alerts/bulk-dismiss", Effect.Delete, "patients.alert.any");

    public static readonly Endpoint ListCommunications = Get($"{One}/communication-logs", "patients.communication", "items");

    public static readonly Endpoint CreateCommunication =
        Post($"{One}/communication-logs", Effect.Create, "patients.communication") with { RepeatIsSafe = true };

    public static readonly Endpoint ListDependents = Get($"{One}/dependents", "patients.relationship.any", null);

    public static readonly Endpoint ListFamily = Get($"{One}/family", "patients.patient.any", null);

    public static readonly Endpoint ListGuardians = Get($"{One}/guardians", "patients.relationship.any", null);

    public static readonly Endpoint ListFieldValues = Get($"{One}/field-values", "patients.field_value", "items");

    public static readonly Endpoint FieldForm = Get($"{One}/field-values/form", "patients.field_value", "items");

    public static readonly Endpoint SetFieldValues =
        new(PatientsEndpoints.System, "PUT", $"{One}/field-values", Effect.Update, "patients.field_value.any");

    public static readonly Endpoint ListAttributions = Get($"{One}/referral-attributions", "patients.attribution", "items");

    public static readonly Endpoint CreateAttribution = Post($"{One}/referral-attributions", Effect.Create, "patients.attribution");

    public static readonly Endpoint UpdateAttribution = Patch("/referral-attributions/{attribution_uuid}", "patients.attribution");

    public static readonly Endpoint ArchiveAttribution =
        Post($"{One}/referral-attributions/{{attribution_uuid}}/archive", Effect.Delete, "patients.attribution.any");

    public static readonly Endpoint ListRelationships = Get($"{One}/relationships", "patients.relationship", "items");

    public static readonly Endpoint CreateRelationship = Post($"{One}/relationships", Effect.Create, "patients.relationship") with { RepeatIsSafe = true };

    public static readonly Endpoint UpdateRelationship = Patch("/relationships/{relationship_uuid}", "patients.relationship");

    public static readonly Endpoint ArchiveRelationship =
        Post($"{One}/relationships/{{relationship_uuid}}/archive", Effect.Delete, "patients.relationship");

    /// <summary>Operations that tools call.</summary>
    public static readonly IReadOnlyList<Endpoint> All =
    [
        Typeahead, Walk, CountByLocation, CheckDuplicates, MedicalSummary, CreatePatient, UpdatePatient, Transition, ArchivePatient, RestorePatient,
        Import, ListAlerts, CreateAlert, UpdateAlert, ArchiveAlert, DisableAlert, DismissAlerts, ListCommunications, CreateCommunication,
        ListDependents, ListFamily, ListGuardians, ListFieldValues, FieldForm, SetFieldValues, ListAttributions, CreateAttribution,
        UpdateAttribution, ArchiveAttribution, ListRelationships, CreateRelationship, UpdateRelationship, ArchiveRelationship,
    ];

    private static Endpoint Get(string path, string shape, string? rows = null) =>
        new(PatientsEndpoints.System, "GET", path, Effect.Read, shape) { Rows = rows };

    /// <summary>A repeat with the same base_version answers 409, because the version has moved.</summary>
    private static Endpoint Patch(string below, string shape) =>
        new(PatientsEndpoints.System, "PATCH", One + below, Effect.Update, shape) { RepeatIsSafe = true };

    private static Endpoint Post(string path, Effect effect, string shape) => new(PatientsEndpoints.System, "POST", path, effect, shape);
}
