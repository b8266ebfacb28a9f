namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that reach the FHIR servers behind PhenoML and their records. The provider is the one that LanguageCalls kept.</summary>
internal static class ProviderCalls
{
    private const string Fhir = "/fhir-provider/{fhir_provider_id}/fhir/{fhir_path}";

    private const string Condition = """
        {"code":{"text":"Asthma"},"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]}}
        """;

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("get_fhir_provider", """{"provider":"<provider>"}"""),
        new("save_fhir_provider", """
            {"name":"Test","description":"For the script","provider":"hapi","base_url":"https://hapi.example/fhir","auth":{"auth_method":"none"}}
            """) { Keep = [("made", "data.provider.id")] },
        new("change_fhir_provider_auth", """{"provider":"<made>","action":"add","auth":{"auth_method":"jwt","client_id":"c","role":"read"}}""")
        {
            Keep = [("first", "data.provider.auth_configs.0.id"), ("second", "data.provider.auth_configs.1.id")],
        },
        new("change_fhir_provider_auth", """{"provider":"<made>","action":"set_active","auth_config_id":"<second>"}"""),
        new("change_fhir_provider_auth", """{"provider":"<made>","action":"remove","auth_config_id":"<first>"}"""),
        new("provider_fhir_search", """
            {"provider":"<provider>","type":"Patient","parameters":[{"name":"family:exact","value":"Jones"},{"name":"given:exact","value":"Marissa"}]}
            """) { Keep = [("person", "data.0.id")] },
        new("provider_fhir_search",
            """{"provider":"<provider>","type":"Observation","patient":"<person>","count":2,"parameters":[{"name":"_sort","value":"-date"}]}""")
        {
            Keep = [("observation", "data.0.id")],
        },
        new("provider_fhir_read", """{"provider":"<provider>","type":"Observation","id":"<observation>"}"""),
        new("provider_fhir_read", """{"provider":"<provider>","type":"Observation","id":"<observation>","history":true}"""),
        new("provider_fhir_write", $$"""{"provider":"<provider>","action":"create","type":"Condition","patient":"<person>","resource":{{Condition}}}""")
        {
            Keep = [("condition", "data.after.id")],
        },
        new("provider_fhir_write",
            $$"""{"provider":"<provider>","action":"upsert","type":"Condition","id":"<condition>","patient":"<person>","resource":{{Condition}}}"""),
        new("provider_fhir_write", """
            {"provider":"<provider>","action":"patch","type":"Condition","id":"<condition>","operations":[{"op":"replace","path":"/code/text","value":"Mild asthma"}]}
            """),
        new("provider_fhir_write", """
            {"provider":"<provider>","action":"patch","type":"Condition","id":"<condition>","resource":{"code":{"text":"Severe asthma"}}}
            """) { LosesAnswerOf = $"PATCH {Fhir}" },
        new("provider_fhir_write", """{"provider":"<provider>","action":"delete","type":"Condition","id":"<condition>"}"""),
        new("provider_fhir_bundle", """
            {"provider":"<provider>","patient":"<person>","bundle":{"resourceType":"Bundle","type":"transaction","entry":[
            {"fullUrl":"urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a","resource":{"resourceType":"Encounter","status":"finished","class":{"code":"AMB"}},
            "request":{"method":"POST","url":"Encounter"}},
            {"fullUrl":"urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059","resource":{"resourceType":"Condition","code":{"text":"Cough"},
            "encounter":{"reference":"urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"}},"request":{"method":"POST","url":"Condition"}}]}}
            """),
        new("delete_fhir_provider", """{"provider":"<made>"}"""),
    ];
}
