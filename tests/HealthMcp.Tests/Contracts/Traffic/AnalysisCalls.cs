namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls about cohorts, summaries, OMOP and speech.</summary>
internal static class AnalysisCalls
{
    private const string Bundle = """
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p1","name":[{"given":["Ann"],"family":"Example"}],
        "gender":"female","birthDate":"1985-07-22"}},{"resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},
        "code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006","display":"Type 2 diabetes mellitus"}]},"onsetDateTime":"2024-01-15"}},
        {"resource":{"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/p1"},"code":{"text":"hba1c"},
        "valueQuantity":{"value":7.1,"unit":"%"}}},{"resource":{"resourceType":"MedicationRequest","id":"m1","subject":{"reference":"Patient/p1"}}},
        {"resource":{"resourceType":"CarePlan","id":"k1","status":"active","intent":"plan","subject":{"reference":"Patient/p1"}}}]}
        """;

    // Eight thousand samples of silence a second, eight bits each.
    private static readonly string Wave = Convert.ToBase64String(
    [
        .. "RIFF"u8, 44, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0,
        .. "data"u8, 4, 0, 0, 0, 1, 2, 3, 4,
    ]);

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("analyze_cohort", """{"text":"female patients over 65 with diabetes but not hypertension"}"""),
        new("analyze_cohort", """{"text":"women with diabetes","provider":"550e8400-e29b-41d4-a716-446655440000"}"""),
        new("save_summary_template", """
            {"name":"Discharge","description":"Short","example_summary":"Patient John Doe, age 45, was admitted on 2024-01-10 with Type 2 Diabetes.",
            "target_resources":["Patient","Condition","Encounter"],"mode":"narrative","example_fhir_data":{"resourceType":"Patient"}}
            """) { Keep = [("summary", "data.id")] },
        new("save_summary_template", """{"name":"Other","example_summary":"Patient Jo Doe is well.","target_resources":["Patient"]}""")
        {
            LosesAnswerOf = "POST /fhir2summary/template", Keep = [("other", "data.id")],
        },
        new("list_summary_templates", "{}"),
        new("list_summary_templates", """{"template_id":"<summary>"}"""),
        new("save_summary_template", """
            {"template_id":"<summary>","template":"{{Patient.name}} has {{Condition[0].code}} since {{Encounter[0].period.start}}."}
            """),
        new("save_summary_template", """{"template_id":"<summary>","name":"Discharge 2"}""") { LosesAnswerOf = "PUT /fhir2summary/template/{id}" },
        new("summarize_fhir", $$"""{"template_id":"<summary>","fhir_resources":{{Bundle}}}"""),
        new("summarize_fhir", $$"""{"mode":"ips","fhir_resources":{{Bundle}}}"""),
        new("summarize_fhir", $$"""{"mode":"flatten","fhir_resources":{{Bundle}}}"""),
        new("fhir_to_omop", $$"""{"fhir_resources":{{Bundle}}}"""),
        new("transcribe_audio", $$"""{"audio":"{{Wave}}","language":["en-US","de"]}"""),
        new("delete_summary_template", """{"template_id":"<summary>"}"""),
        new("delete_summary_template", """{"template_id":"<other>"}""") { LosesAnswerOf = "DELETE /fhir2summary/template/{id}" },
    ];
}
