using System.Net;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Contracts.Traffic;

namespace HealthMcp.Tests.Sandbox;

/// <summary>
/// The request examples of the vendor's documentation, sent as they stand there: each gets an answer of the documented status and shape.
/// </summary>
public sealed class PhenoMlExamplesTests : IAsyncLifetime
{
    private SandboxClient _client = null!;

    public static TheoryData<string, string, string, int> Examples => new()
    {
        { "POST", "/construe/extract", """
            {"text":"Patient is a 14-year-old female, previously healthy, who is here for evaluation of abnormal renal ultrasound with atrophic right kidney.",
            "system":{"name":"ICD-10-CM","version":"2025"}}
            """, 200 },
        { "POST", "/construe/upload", """
            {"name":"CUSTOM_CODES","version":"1.0","format":"json","codes":[{"code":"X001","description":"Example custom code 1"},
            {"code":"X002","description":"Example custom code 2"}]}
            """, 202 },
        { "POST", "/construe/feedback", """
            {"text":"Patient has type 2 diabetes with hyperglycemia","received_result":{"system":{"name":"ICD-10-CM","version":"2025"},"codes":[{"code":"E11.9",
            "description":"Type 2 diabetes mellitus without complications","valid":true}]},"expected_result":{"system":{"name":"ICD-10-CM","version":"2025"},
            "codes":[{"code":"E11.65","description":"Type 2 diabetes mellitus with hyperglycemia","valid":true}]},
            "detail":"Expected code E11.65 because the text mentions hyperglycemia"}
            """, 201 },
        { "POST", "/cohort", """{"text":"female patients over 65 with diabetes but not hypertension"}""", 200 },
        { "POST", "/tools/cohort", """
            {"text":"female patients over 20 with diabetes but not hypertension","provider":"550e8400-e29b-41d4-a716-446655440000"}
            """, 200 },
        { "POST", "/fhir2summary/template", """
            {"name":"Discharge Summary","example_summary":"Patient John Doe, age 45, was admitted on 2024-01-10 with Type 2 Diabetes. Discharged on 2024-01-15 with
             Metformin 500mg BID.","target_resources":["Patient","Condition","MedicationRequest"],"mode":"narrative"}
            """, 200 },
        { "POST", "/fhir2omop/create", """
            {"fhir_resources":{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"patient-1","gender":"female",
            "birthDate":"1985-07-22"}},{"resource":{"resourceType":"Condition","id":"condition-1","subject":{"reference":"Patient/patient-1"},
            "code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006","display":"Type 2 diabetes mellitus"}]},"onsetDateTime":"2024-01-15"}},
            {"resource":{"resourceType":"MedicationRequest","id":"medreq-1","status":"active","subject":{"reference":"Patient/patient-1"},
            "medicationReference":{"reference":"#med0"},"authoredOn":"2024-01-16","contained":[{"resourceType":"Medication","id":"med0","code":{"coding":[
            {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975","display":"metformin hydrochloride 500 MG"}]}}]}}]}}
            """, 200 },
        { "GET", "/construe/codes/systems", "", 200 },
        { "GET", "/construe/codes/systems/ICD-10-CM", "", 200 },
        { "GET", "/construe/codes/ICD-10-CM", "", 200 },
        { "GET", "/construe/codes/ICD-10-CM/E1165", "", 200 },
        { "GET", "/construe/codes/ICD-10-CM/search/semantic?text=trouble%20breathing%20at%20night", "", 200 },
        { "GET", "/construe/codes/ICD-10-CM/search/text?q=11.65", "", 200 },
        { "GET", "/construe/codes/ICD-10-CM/search/text?q=diabtes", "", 200 },
        { "GET", "/fhir2summary/templates", "", 200 },
        { "GET", "/construe/codes/ICD-10-CM/E11.65", "", 404 },
        { "GET", "/construe/codes/NOPE", "", 404 },
        { "GET", "/construe/codes/ICD-10-CM/search/text", "", 400 },
        { "GET", "/construe/codes/ICD-10-CM?limit=0", "", 400 },
        { "GET", "/construe/codes/ICD-10-CM?cursor=zzz", "", 400 },
        { "GET", "/construe/codes/systems/ICD-10-CM/export", "", 403 },
        { "DELETE", "/construe/codes/systems/LOINC", "", 403 },
        { "POST", "/construe/upload", """{"name":"icd-10-cm","version":"1","format":"json","codes":[{"code":"a","description":"b"}]}""", 403 },
        { "POST", "/construe/upload", """{"name":"X","version":"1","format":"xml"}""", 400 },
        { "POST", "/construe/upload", """{"name":"X","version":"1","format":"csv","file":"YSxi","code_col":"a","desc_col":"z"}""", 400 },
        { "POST", "/fhir2summary/create", """{"fhir_resources":{"resourceType":"Patient"}}""", 400 },
        { "POST", "/fhir2summary/create", """{"mode":"ips","fhir_resources":{"resourceType":"Bundle","entry":[]}}""", 400 },
        { "POST", "/fhir2omop/create", """{"fhir_resources":{"resourceType":"Condition"}}""", 400 },
        { "GET", "/fhir2summary/template/a1b2c3d4-e5f6-7890-abcd-ef1234567890", "", 404 },
    };

    public async Task InitializeAsync() => _client = await SandboxClient.StartAsync(new SandboxOptions { KeepAnswers = true });

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_answer_has_the_documented_shape(string method, string path, string body, int status)
    {
        var reply = await _client.PhenoMlAsync(new HttpMethod(method), path, body.Length == 0 ? null : JsonNode.Parse(body.ReplaceLineEndings("")));
        reply.Status.ShouldBe((HttpStatusCode)status, reply.Body);

        // What is refused is not as the contract has it, on purpose.
        var found = ExchangeCheck.Of(_client.Server.Journal.Entries[^1]);
        found.Where(each => status < 400 || !(each.Contains(": request", StringComparison.Ordinal) || each.Contains(": query", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_template_is_made_changed_used_and_deleted()
    {
        var made = await SendAsync("POST", "/fhir2summary/template", """
            {"name":"D","example_summary":"Patient John Doe, age 45, was admitted on 2024-01-10 with Type 2 Diabetes.","target_resources":["Patient","Condition",
            "Encounter"],"mode":"narrative"}
            """);
        made["template"]!["template"]!.ToString().ShouldBe(
            "Patient {{Patient.name}}, age {{Patient.age}}, was admitted on {{Encounter[0].period.start}} with {{Condition[0].code}}.");
        var id = made["template_id"]!.ToString();
        var summary = await SendAsync("POST", "/fhir2summary/create", $$$"""
            {"template_id":"{{{id}}}","fhir_resources":{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","name":[{"given":["Ann"],
            "family":"Roe"}],"birthDate":"1980-01-01"}},{"resource":{"resourceType":"Condition","code":{"text":"Asthma"} } } ] } }
            """);
        summary["summary"]!.ToString().ShouldStartWith("Patient Ann Roe, age 4");
        summary["summary"]!.ToString().ShouldEndWith("with Asthma.");
        summary["warnings"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldContain("{{Encounter[0].period.start}}");
        const string Change = """{"name":"E","template":"x","target_resources":["Patient"],"mode":"narrative"}""";
        (await SendAsync("PUT", $"/fhir2summary/template/{id}", Change))["template"]!["name"]!.ToString().ShouldBe("E");
        (await SendAsync("DELETE", $"/fhir2summary/template/{id}", null))["success"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Codes_are_paged_to_the_end()
    {
        var codes = new List<string>();
        for (var cursor = ""; ;)
        {
            var page = await SendAsync("GET", $"/construe/codes/HPO?limit=7{cursor}", null);
            codes.AddRange(page["codes"]!.AsArray().Select(code => code!["code"]!.ToString()));
            if (!page["has_more"]!.GetValue<bool>()) break;
            cursor = $"&cursor={Uri.EscapeDataString(page["next_cursor"]!.ToString())}";
        }

        codes.Count.ShouldBeGreaterThan(20);
        codes.ShouldBeUnique();
    }

    private async Task<JsonObject> SendAsync(string method, string path, string? body)
    {
        var reply = await _client.PhenoMlAsync(new HttpMethod(method), path, body is null ? null : JsonNode.Parse(body.ReplaceLineEndings("")));
        ((int)reply.Status).ShouldBeInRange(200, 299, reply.Body);
        ExchangeCheck.Of(_client.Server.Journal.Entries[^1]).ShouldBeEmpty();
        return reply.Object;
    }
}
