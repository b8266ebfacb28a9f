using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Clinical;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>One of the lists below a patient.</summary>
/// <param name="Name">As the tool calls it: the last part of the contract's path.</param>
/// <param name="Shape">Privacy shape of each row.</param>
/// <param name="Filters">Arguments that this list takes, which are its query parameters too.</param>
/// <param name="Paged">The contract answers pages; otherwise all at once.</param>
internal sealed record RecordKind(string Name, Endpoint Endpoint, string Shape, IReadOnlyList<string> Filters, bool Paged);

internal static class RecordKinds
{
    private static readonly string[] Communication = ["date_from", "date_to", "mode", "direction", "communication_source", "q"];

    public static readonly IReadOnlyList<RecordKind> All =
    [
        Pages("alerts", PeopleEndpoints.ListAlerts, "status", "include_family"),
        Pages("allergies", ClinicalEndpoints.ListAllergies, "is_active"),
        Pages("communication-logs", PeopleEndpoints.ListCommunications, Communication),
        Whole("dependents", PeopleEndpoints.ListDependents, "patients.relationship"),
        Pages("diseases", ClinicalEndpoints.ListProblems, "problem_status"),
        Whole("family", PeopleEndpoints.ListFamily, "patients.patient"),
        Whole("field-form", PeopleEndpoints.FieldForm, "patients.field_value"),
        Pages("field-values", PeopleEndpoints.ListFieldValues),
        Whole("guardians", PeopleEndpoints.ListGuardians, "patients.relationship"),
        Pages("medications", ClinicalEndpoints.ListMedications, "is_active"),
        Pages("referral-attributions", PeopleEndpoints.ListAttributions),
        Pages("relationships", PeopleEndpoints.ListRelationships),
        Pages("vital-signs", ClinicalEndpoints.ListVitals, "date_from", "date_to"),
    ];

    public static IReadOnlyList<Endpoint> Endpoints { get; } = [.. All.Select(kind => kind.Endpoint)];

    public static RecordKind Of(string name) => All.First(kind => kind.Name == name);

    private static RecordKind Pages(string name, Endpoint endpoint, params string[] filters) => new(name, endpoint, endpoint.Shape, filters, Paged: true);

    private static RecordKind Whole(string name, Endpoint endpoint, string shape) => new(name, endpoint, shape, [], Paged: false);
}
