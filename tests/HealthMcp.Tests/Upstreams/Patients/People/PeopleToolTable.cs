namespace HealthMcp.Tests.Upstreams.Patients.People;

/// <summary>One good call of every tool of this side, and the operations that it must survive to lose.</summary>
internal static class PeopleToolTable
{
    private const string One = "/api/v1/{org_id}/patients/{patient_uuid}";
    private const string Org = "/api/v1/{org_id}/patients";

    /// <param name="Tool">Name of the tool.</param>
    /// <param name="Arguments">A good call.</param>
    /// <param name="Scope">What it needs.</param>
    /// <param name="First">Operation that it asks first; when that fails, so does the call.</param>
    internal sealed record Row(string Tool, string Arguments, string Scope, string First);

    public static readonly IReadOnlyList<Row> All =
    [
        new("search_patients", """{"status":"active"}""", "patients/records.read", $"GET {Org}/cursor"),
        new("get_patient", """{"patient":"<marissa>"}""", "patients/records.read", $"GET {One}"),
        new("get_medical_summary", """{"patient":"<marissa>"}""", "patients/records.read", $"GET {One}/medical-summary"),
        new("list_patient_records", """{"patient":"<marissa>","kind":"alerts"}""", "patients/records.read", $"GET {One}/alerts"),
        new("check_duplicate_patients", """{"last_name":"Jones","date_of_birth":"1971-06-29"}""", "patients/records.read", $"POST {Org}/check-duplicates"),
        new("count_patients_by_location", "{}", "patients/records.read", $"GET {Org}/counts/by-location"),
        new("create_patient", """{"first_name":"Ada","last_name":"Byron","date_of_birth":"1985-12-10"}""", "patients/records.write", Duplicates),
        new("update_patient", """{"patient":"<marissa>","pronoun":"she_her"}""", "patients/records.write", $"GET {One}"),
        new("change_patient_status", """{"patient":"<marissa>","new_status":"inactive"}""", "patients/records.write", $"GET {One}"),
        new(
            "import_patients", """{"rows":[{"first_name":"Ada","last_name":"Byron","date_of_birth":"1985-12-10"}]}""", "patients/records.write",
            $"POST {Org}/check-duplicates"),
        new("set_patient_alert", """{"patient":"<marissa>","alert_definition_uuid":"<alert>"}""", "patients/records.write", $"GET {One}"),
        new("log_communication", """{"patient":"<marissa>","communication_datetime":"2026-01-05T10:00:00Z"}""", "patients/records.write", $"GET {One}"),
        new(
            "link_patients", """{"patient":"<marissa>","to_patient_uuid":"<justin>","relationship_type":"sibling"}""", "patients/records.write",
            $"GET {One}"),
        new(
            "record_attribution", """{"patient":"<marissa>","attribution_role":"assist","referring_patient_uuid":"<justin>"}""", "patients/records.write",
            $"GET {One}"),
        new(
            "set_custom_fields", """{"patient":"<marissa>","field_values":[{"field_definition_uuid":"<field>","value":"true"}]}""", "patients/records.write",
            $"GET {One}"),
        new("list_definitions", """{"kind":"tag"}""", "patients/settings.read", "GET /api/v1/{org_id}/patient-tag-definitions"),
        new("save_definition", """{"kind":"tag","definition_uuid":"<tag>","item_order":3}""", "patients/settings.write", Tag),
        new("archive_definition", """{"kind":"tag","definition_uuid":"<tag>"}""", "patients/settings.write", Tag),
    ];

    private const string Duplicates = $"POST {Org}/check-duplicates";
    private const string Tag = "GET /api/v1/{org_id}/patient-tag-definitions/{definition_uuid}";
}
