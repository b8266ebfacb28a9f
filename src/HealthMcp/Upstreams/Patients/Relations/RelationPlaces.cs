using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>The records of these tools, as writes see them.</summary>
internal static class RelationPlaces
{
    public static readonly RecordPlace Alerts = new("alert", PeopleEndpoints.ListAlerts, "alert_uuid")
    {
        FindOut = "call list_patient_records with kind alerts", Words = ["note"], Texts = ["note"], Note = "note",
    };

    public static readonly RecordPlace Communications = new("communication", PeopleEndpoints.ListCommunications, "communication_uuid")
    {
        FindOut = "call list_patient_records with kind communication-logs", Words = ["note"], Texts = ["note"], Note = "note",
    };

    public static readonly RecordPlace Relationships = new("relationship", PeopleEndpoints.ListRelationships, "relationship_uuid")
    {
        FindOut = "call list_patient_records with kind relationships", Words = ["note"], Texts = ["note"], Note = "note",
    };

    public static readonly RecordPlace Attributions = new("attribution", PeopleEndpoints.ListAttributions, "attribution_uuid")
    {
        FindOut = "call list_patient_records with kind referral-attributions", Words = ["source_note"], Texts = ["source_note"], Note = "source_note",
    };
}
