namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that between them reach every endpoint of Patients that is not clinical.</summary>
internal static class PeopleCalls
{
    private static readonly string[] Kinds =
    [
        "alerts", "allergies", "communication-logs", "dependents", "diseases", "family", "field-form", "field-values", "guardians", "medications",
        "referral-attributions", "relationships", "vital-signs",
    ];

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("search_patients", """{"page_size":5,"status":"active","sort_by":"last_name","sort_dir":"desc"}"""),
        new("search_patients", """{"chart_number":"MRN-204817"}"""),
        new("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")
        {
            Keep = [("marissa", "data.0.id"), ("provider", "data.0.primary_provider.uuid"), ("place", "data.0.location.uuid")],
        },
        new("search_patients", """{"last_name":"Williams","date_of_birth":"1968-05-28"}""") { Keep = [("justin", "data.0.id")] },
        new("get_patient", """{"patient":"<marissa>"}"""),
        new("get_medical_summary", """{"patient":"<marissa>"}"""),
        .. Kinds.Select(kind => new CallStep("list_patient_records", $$"""{"patient":"<marissa>","kind":"{{kind}}"}""")),
        new("list_patient_records", """{"patient":"<marissa>","kind":"communication-logs","date_from":"2022-01-01","mode":"phone","q":"visit"}""")
        {
            Keep = [("type", "data.0.communication_type.uuid")],
        },
        new("list_patient_records", """{"patient":"<marissa>","kind":"alerts","include_family":true,"status":"active"}"""),
        new("list_patient_records", """{"patient":"<marissa>","kind":"referral-attributions"}""")
        {
            Keep = [("partner", "data.0.referral_partner.uuid"), ("first", "data.0.id")],
        },
        new("count_patients_by_location", """{"date_from":"2022-01-01","date_to":"2024-01-01","status_set":["active","inactive"]}"""),
        new("check_duplicate_patients", """{"last_name":"Jones","date_of_birth":"1971-06-29","email":"marissa.jones@example.com"}"""),
        .. Registering,
        .. Noting,
        .. Relating,
        .. new[] { "alert", "field", "tag" }.SelectMany(Defining),
    ];

    private static IEnumerable<CallStep> Registering =>
    [
        new("create_patient", """
            {"first_name":"Ada","last_name":"Byron","date_of_birth":"1985-12-10","gender":"female","email":"ada.byron@example.com","chart_number":"MRN-900001",
            "primary_provider_uuid":"<provider>","location_uuid":"<place>","receives_sms":true,"ask_to_arrive_early_mins":10,"status":"prospective"}
            """) { LosesAnswerOf = "POST /api/v1/{org_id}/patients", Keep = [("ada", "data.id")] },
        new("create_patient", """{"first_name":"Ada","last_name":"Byron","date_of_birth":"1985-12-10"}""") { Fails = "conflict" },
        new("create_patient", """{"first_name":"Mary","last_name":"Somerville","date_of_birth":"1980-12-26"}"""),
        new("update_patient", """{"patient":"<ada>","city":"Salem","mobile_phone":"503-555-0190","email":"ada@example.com"}"""),
        new("change_patient_status", """{"patient":"<ada>","new_status":"active"}"""),
        new("change_patient_status", """{"patient":"<ada>","new_status":"archived"}"""),
        new("change_patient_status", """{"patient":"<ada>","new_status":"inactive"}"""),
        new("import_patients", """
            {"rows":[{"first_name":"Grace","last_name":"Hopper","date_of_birth":"1986-12-09"},
            {"first_name":"Alan","last_name":"Turing","date_of_birth":"1982-06-23"}]}
            """),
    ];

    private static IEnumerable<CallStep> Noting =>
    [
        new("list_definitions", """{"kind":"alert"}""") { Keep = [("alert_kind", "data.0.id")] },
        new("set_patient_alert", """{"patient":"<marissa>","alert_definition_uuid":"<alert_kind>","note":"Needs a wheelchair.","is_urgent":true}""")
        {
            Keep = [("alert", "data.id")],
        },
        new("set_patient_alert", """{"patient":"<marissa>","alert_uuid":"<alert>","alert_scope":"family","disable_on":"2027-01-01"}"""),
        new("set_patient_alert", """{"patient":"<marissa>","alert_uuid":"<alert>","status":"disabled"}"""),
        new("set_patient_alert", """{"patient":"<marissa>","alert_uuid":"<alert>","status":"active"}"""),
        new("set_patient_alert", """{"patient":"<marissa>","alert_uuid":"<alert>","status":"archived"}"""),
        new("list_patient_records", """{"patient":"<marissa>","kind":"alerts"}""") { Keep = [("one", "data.0.id"), ("other", "data.1.id")] },
        new("set_patient_alert", """{"patient":"<marissa>","alert_uuids":["<one>","<other>"]}"""),
        new("log_communication", """
            {"patient":"<marissa>","communication_datetime":"2026-01-05T10:00:00Z","mode":"phone","direction":"received","note":"Asked for a copy.",
            "communication_type_uuid":"<type>"}
            """),
        new("list_definitions", """{"kind":"tag","search":"chart","category":"Records"}"""),
        new("list_definitions", """{"kind":"field"}""") { Keep = [("field_kind", "data.0.id"), ("second_kind", "data.1.id")] },
        new("set_custom_fields", """
            {"patient":"<marissa>","field_values":[{"field_definition_uuid":"<field_kind>","clear":true},
            {"field_definition_uuid":"<second_kind>","value":"true"}]}
            """),
    ];

    private static IEnumerable<CallStep> Relating =>
    [
        new("link_patients", """{"patient":"<marissa>","to_patient_uuid":"<justin>","relationship_type":"other_family","note":"Cousins."}""")
        {
            Keep = [("relation", "data.id")],
        },
        new("link_patients", """{"patient":"<marissa>","relationship_uuid":"<relation>","is_guardian":false,"relationship_type":"caregiver"}"""),
        new("link_patients", """{"patient":"<marissa>","relationship_uuid":"<relation>","archive":true}"""),
        new("record_attribution", """{"patient":"<marissa>","attribution_role":"primary","referral_partner_uuid":"<partner>"}""") { Fails = "conflict" },
        new("record_attribution", """{"patient":"<justin>","attribution_role":"secondary","referring_patient_uuid":"<marissa>","source_note":"A friend."}""")
        {
            Keep = [("attribution", "data.id")],
        },
        new("record_attribution", """{"patient":"<justin>","attribution_uuid":"<attribution>","attribution_role":"assist"}"""),
        new("record_attribution", """{"patient":"<justin>","attribution_uuid":"<attribution>","archive":true}"""),
    ];

    private static IEnumerable<CallStep> Defining(string kind)
    {
        var own = kind switch { "field" => ",\"field_type\":\"text\"", "tag" => ",\"color\":\"#123456\"", _ => ",\"default_is_urgent\":true" };
        return
        [
            new("save_definition", $$"""{"kind":"{{kind}}","name":"Wheelchair","description":"Needs the lift."{{own}}}""") { Keep = [(kind, "data.id")] },
            new("list_definitions", $$"""{"kind":"{{kind}}","definition_uuid":"<{{kind}}>"}"""),
            new("save_definition", $$"""{"kind":"{{kind}}","definition_uuid":"<{{kind}}>","item_order":7}"""),
            new("archive_definition", $$"""{"kind":"{{kind}}","definition_uuid":"<{{kind}}>"}"""),
        ];
    }
}
