namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls about code systems and codes.</summary>
internal static class CodeCalls
{
    private const string Upload = "POST /construe/upload";

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("extract_codes", """{"text":"Type 2 diabetes with hyperglycemia. No fever.","system":{"name":"ICD-10-CM","version":"2025"}}"""),
        new("extract_codes", """
            {"text":"Type 2 diabetes. She takes metformin 500 mg.","systems":[{"name":"ICD-10-CM"},{"name":"RXNORM"},{"name":"HPO"}],"group_by":"citation",
            "config":{"max_codes_per_chunk":3,"code_similarity_filter":0.8,"validation_method":"simple","include_rationale":false,"include_ancestors":true,
            "include_invalid":true,"extraction_context":"billing of diabetes","min_context_relevance":0.1,"consistency_effort":"low"}}
            """),
        new("list_code_systems", "{}"),
        new("list_code_systems", """{"name":"ICD-10-CM","version":"2025"}"""),
        new("search_codes", """{"code_system":"ICD-10-CM","text":"sugar disease, type 2 diabetes","limit":5}"""),
        new("search_codes", """{"code_system":"ICD-10-CM","text":"diabtes","method":"text","version":"2025","limit":5}"""),
        new("get_code", """{"code_system":"ICD-10-CM","code":"E11.65"}"""),
        new("list_codes", """{"code_system":"HPO","version":"2025","limit":3}"""),
        new("upload_code_system", """
            {"name":"Clinic_Codes","version":"1.0","revision":1,"format":"json","wait_seconds":0,
            "codes":[{"code":"X1","description":"Foot check"},{"code":"X2","description":"Eye check","definition":"Look at the retina."}]}
            """),
        new("list_code_systems", """{"name":"CLINIC_CODES","version":"1.0"}"""),
        new("export_code_system", """{"name":"CLINIC_CODES","version":"1.0"}"""),
        new("extract_codes", """{"text":"Foot check today.","system":{"name":"CLINIC_CODES","version":"1.0"}}"""),
        new("upload_code_system", """
            {"name":"CLINIC_CODES","version":"1.0","format":"csv","text":"id,name,more\nX1,\"Foot check, both\",\n","code_col":"id","desc_col":"name",
            "defn_col":"more","replace":true,"wait_seconds":0}
            """) { LosesAnswerOf = Upload },
        new("upload_code_system", """{"name":"CLINIC_CODES","version":"1.0","format":"json","codes":[{"code":"X1","description":"Foot check"}]}""")
        {
            Fails = "conflict",
        },
        new("submit_code_feedback", """
            {"text":"Type 2 diabetes with hyperglycemia","received_result":{"system":{"name":"ICD-10-CM","version":"2025"},
            "codes":[{"code":"E11.9","description":"Type 2 diabetes mellitus without complications","valid":true}]},
            "expected_result":{"system":{"name":"ICD-10-CM"},"codes":[{"code":"E11.65","description":"Type 2 diabetes mellitus with hyperglycemia"}]},
            "detail":"The text names hyperglycemia."}
            """),
        new("delete_code_system", """{"name":"ICD-10-CM"}""") { Fails = "invalid_argument" },
        new("delete_code_system", """{"name":"CLINIC_CODES","version":"1.0"}"""),
        new("delete_code_system", """{"name":"CLINIC_CODES"}""") { Fails = "not_found" },
    ];
}
