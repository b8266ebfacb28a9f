using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Routes of what is not clinical.</summary>
internal static class PeopleRoutes
{
    private const string Org = "/api/v1/{org_id}";
    private const string One = Org + "/patients/{patient_uuid}";

    public static IEnumerable<Operation> Of(PatientStore patients, PracticeShelves shelves, VitalsStore vitals, ClinicalLists clinical)
    {
        var references = new References(patients);
        var writes = new PatientWrites(patients, references);
        return
        [
            new("GET", $"{One}/medical-summary", new SummaryOperations(patients, shelves, vitals, clinical).Get),
            .. Registration(writes, new PracticeOperations(patients, writes)),
            .. Alerts(new AlertOperations(patients, shelves)),
            .. Relations(new RelationOperations(patients, shelves, references)),
            .. Rest(new CommunicationOperations(patients, shelves, references), new FieldOperations(patients, shelves)),
        ];
    }

    public static IEnumerable<Operation> Definitions(PracticeShelves shelves) => new[] { "alert", "field", "tag" }.SelectMany(kind =>
    {
        var (path, operations) = ($"{Org}/patient-{kind}-definitions", new DefinitionOperations(kind, shelves));
        return new Operation[]
        {
            new("GET", path, operations.List), new("POST", path, operations.Create), new("GET", path + "/{definition_uuid}", operations.Get),
            new("PATCH", path + "/{definition_uuid}", operations.Update), new("POST", path + "/{definition_uuid}/archive", operations.Archive),
        };
    });

    private static IEnumerable<Operation> Registration(PatientWrites writes, PracticeOperations practice) =>
    [
        new("POST", $"{Org}/patients", writes.Create),
        new("PATCH", One, writes.Update),
        new("POST", $"{One}/transition-status", writes.Transition),
        new("POST", $"{One}/archive", writes.Archive),
        new("POST", $"{One}/restore", writes.Restore),
        new("POST", $"{Org}/patients/bulk", practice.Import),
        new("POST", $"{Org}/patients/check-duplicates", practice.CheckDuplicates),
        new("GET", $"{Org}/patients/counts/by-location", practice.CountByLocation),
    ];

    private static IEnumerable<Operation> Alerts(AlertOperations alerts) =>
    [
        new("GET", $"{One}/alerts", alerts.List),
        new("POST", $"{One}/alerts", alerts.Create),
        new("PATCH", $"{One}/alerts/{{alert_uuid}}", alerts.Update),
        new("POST", $"{One}/alerts/{{alert_uuid}}/archive", alerts.Archive),
        new("POST", $"{One}/alerts/{{alert_uuid}}/disable", alerts.Disable),
        new("POST", $"{One}/alerts/bulk-dismiss", alerts.Dismiss),
    ];

    private static IEnumerable<Operation> Relations(RelationOperations relations) =>
    [
        new("GET", $"{One}/family", relations.FamilyOf),
        new("GET", $"{One}/guardians", relations.Guardians),
        new("GET", $"{One}/dependents", relations.Dependents),
        new("GET", $"{One}/relationships", relations.Relationships),
        new("POST", $"{One}/relationships", relations.Relate),
        new("PATCH", $"{One}/relationships/{{relationship_uuid}}", relations.ChangeRelation),
        new("POST", $"{One}/relationships/{{relationship_uuid}}/archive", relations.ArchiveRelation),
        new("GET", $"{One}/referral-attributions", relations.Attributions),
        new("POST", $"{One}/referral-attributions", relations.Attribute),
        new("PATCH", $"{One}/referral-attributions/{{attribution_uuid}}", relations.ChangeAttribution),
        new("POST", $"{One}/referral-attributions/{{attribution_uuid}}/archive", relations.ArchiveAttribution),
    ];

    private static IEnumerable<Operation> Rest(CommunicationOperations communications, FieldOperations fields) =>
    [
        new("GET", $"{One}/communication-logs", communications.List),
        new("POST", $"{One}/communication-logs", communications.Create),
        new("GET", $"{One}/field-values", fields.List),
        new("GET", $"{One}/field-values/form", fields.Form),
        new("PUT", $"{One}/field-values", fields.Put),
    ];
}
