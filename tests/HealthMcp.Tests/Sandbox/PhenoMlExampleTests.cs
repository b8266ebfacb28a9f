using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Tests.Contracts;
using HealthMcp.Tests.Contracts.Traffic;

namespace HealthMcp.Tests.Sandbox;

/// <summary>The vendor's own examples of requests, as its documentation prints them: each is answered with the documented status and shape.</summary>
public sealed class PhenoMlExampleTests
{
    private const string Provider = "fhir-provider/550e8400-e29b-41d4-a716-446655440000";
    private const string Id = "/fhir-provider/{fhir_provider_id}";
    private const string Fhir = "application/fhir+json";

    private static readonly (string Method, string Template, string Path, string Type, string Body)[] Examples =
    [
        Lang("create", """{"text":"Patient has severe persistent asthma with acute exacerbation","version":"R4","resource":"condition-encounter-diagnosis"}"""),
        Lang("create/multi", $$"""{"text":"{{LanguageCalls.Note}}","version":"R4"}"""),
        Lang("document", $$"""{"version":"R4","resource":"questionnaire","content":"{{LanguageCalls.PdfOf(LanguageCalls.Note)}}"}"""),
        Lang("document/multi", $$"""{"version":"R4","content":"{{LanguageCalls.PdfOf(LanguageCalls.Note)}}","provider":"medplum"}"""),
        Lang("profile/upload", $$"""
            {"profile":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(LanguageCalls.Profile.Replace("\\", "", StringComparison.Ordinal)))}}",
            "implementation_guide":"acme-cardiology","profile_context":"When clinical text describes cardiology-specific findings, prefer this profile."}
            """),
        Lang("search", """{"text":"Appointments between March 2-9, 2025"}"""),
        Tool("create", """
            {"resource":"condition-encounter-diagnosis","text":"Patient has severe persistent asthma with acute exacerbation",
            "provider":"550e8400-e29b-41d4-a716-446655440000"}
            """),
        Tool("create-multi", $$"""{"text":"{{LanguageCalls.Note}}","version":"R4","provider":"medplum"}"""),
        Tool("search", """
            {"text":"Find all appointments for patient John Doe next week","count":10,"provider":"550e8400-e29b-41d4-a716-446655440000"}
            """),
        ("GET", "/fhir-provider/list", "fhir-provider/list", "", ""),
        ("GET", Id, Provider, "", ""),
        ("POST", "/fhir-provider", "fhir-provider", "application/json", """
            {"name":"Epic Sandbox","description":"Epic sandbox environment for testing","provider":"epic",
            "base_url":"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4",
            "auth":{"auth_method":"client_secret","client_id":"your-client-id","client_secret":"your-client-secret","role":"read"}}
            """),
        Auth("add", """{"auth_method":"client_secret","client_id":"your-other-client-id","client_secret":"your-other-client-secret","role":"read"}"""),
        Auth("set-active", """{"auth_config_id":"auth-config-456"}"""),
        Auth("remove", """{"auth_config_id":"auth-config-123"}"""),
        ("POST", Id + "/fhir", Provider + "/fhir", Fhir, """
            {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"POST","url":"Patient"},
            "resource":{"resourceType":"Patient","name":[{"family":"Doe","given":["John"]}]}},{"request":{"method":"POST","url":"Observation"},
            "resource":{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/123"}}}]}
            """),
        Proxy("PUT", "Patient/123", Fhir, """{"resourceType":"Patient","id":"123","name":[{"family":"Doe"}]}"""),
        Proxy("POST", "Patient", Fhir, """{"resourceType":"Patient"}"""),
        Proxy("PATCH", "Patient/123", "application/json-patch+json", """[{"op":"replace","path":"/name/0/family","value":"NewFamilyName"}]"""),
        Proxy("PATCH", "Patient%2F123", Fhir, """{"name":[{"family":"NewName","given":["John"]}]}"""),
        Proxy("GET", "Patient?name=NewName&_count=10&_sort=family", "", ""),
        Proxy("GET", "Observation?patient=Patient/123&date=ge2023-01-01&category=vital-signs&_sort=-date", "", ""),
        Proxy("GET", "Patient/123/_history", "", ""),
        Proxy("DELETE", "Patient/123", "", ""),
        ("DELETE", Id, Provider, "", ""),
    ];

    [Fact]
    public async Task Every_example_has_the_documented_answer()
    {
        await using var client = await SandboxClient.StartAsync();
        var wrong = new List<string>();
        foreach (var (method, template, path, type, body) in Examples)
        {
            var content = body.Length == 0 ? null : new StringContent(body.Trim(), Encoding.UTF8, type);
            var reply = await client.PhenoMlAsync(new HttpMethod(method), path, content);
            var operation = Contract.Of("phenoml")[$"{method} {template}"];
            if ((int)reply.Status != operation.Status) wrong.Add($"{method} {path}: {(int)reply.Status} {reply.Body}");
            else if (operation.AnswerSchema(operation.Status) is { } schema)
                wrong.AddRange(SchemaCheck.Of(Contract.Of("phenoml"), schema, JsonElement.Parse(reply.Body)).Select(found => $"{method} {path}: {found}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_documented_search_comes_out_of_the_documented_question()
    {
        await using var client = await SandboxClient.StartAsync();
        var reply = (await client.PhenoMlAsync("lang2fhir/search", new JsonObject { ["text"] = "Appointments between March 2-9, 2025" })).Object;
        (reply["resource_type"]!.ToString(), reply["search_params"]!.ToString()).ShouldBe(("Appointment", "date=ge2025-03-02&date=le2025-03-09"));
    }

    [Fact]
    public async Task All_that_a_text_tells_of_is_linked_to_its_patient()
    {
        await using var client = await SandboxClient.StartAsync();
        var reply = (await client.PhenoMlAsync("lang2fhir/create/multi", new JsonObject { ["text"] = LanguageCalls.Note })).Object;
        var entries = reply["bundle"]!["entry"]!.AsArray();
        entries.Select(entry => entry!["resource"]!["resourceType"]!.ToString()).ShouldBe(["Patient", "Condition", "MedicationRequest", "Observation"]);
        var patient = entries[0]!["fullUrl"]!.ToString();
        entries.Skip(1).Select(entry => entry!["resource"]!["subject"]!["reference"]!.ToString()).ShouldAllBe(link => link == patient);
        entries[0]!["resource"]!["name"]![0]!["family"]!.ToString().ShouldBe("Smith");
    }

    [Theory]
    [InlineData("POST", "lang2fhir/create/multi", """{"version":"R4"}""", 400)]
    [InlineData("POST", "lang2fhir/create/multi", """{"text":"asthma","version":"STU3"}""", 400)]
    [InlineData("POST", "lang2fhir/create/multi", """{"text":"asthma","detection_effort":"some"}""", 400)]
    [InlineData("POST", "lang2fhir/create/multi", """{"text":"asthma","implementation_guide":"nobodys"}""", 404)]
    [InlineData("POST", "lang2fhir/document", """{"version":"R4","resource":"patient","content":"no base64"}""", 400)]
    [InlineData("POST", "lang2fhir/document", """{"version":"R4","resource":"patient","content":"aGVsbG8="}""", 400)]
    [InlineData("POST", "lang2fhir/document", """{"version":"R4","resource":"patient","content":"iVBORw0KGgo="}""", 422)]
    [InlineData("POST", "lang2fhir/profile/upload", """{"profile":"e30="}""", 400)]
    [InlineData("POST", "lang2fhir/search", "{}", 400)]
    [InlineData("POST", "tools/lang2fhir-and-create-multi", """{"text":"asthma"}""", 400)]
    [InlineData("POST", "tools/lang2fhir-and-search", """{"text":"asthma","count":101}""", 400)]
    [InlineData("POST", "fhir-provider", """{"name":"a","provider":"sandbox","base_url":"https://a.example","auth":{"auth_method":"none"}}""", 400)]
    [InlineData("POST", "fhir-provider", """{"name":"a","provider":"epic","base_url":"https://a.example","auth":{"auth_method":"client_secret"}}""", 400)]
    [InlineData("PATCH", Provider + "/remove-auth-config", """{"auth_config_id":"auth-config-123"}""", 400)]
    [InlineData("PATCH", Provider + "/set-active-auth-config", """{"auth_config_id":"other"}""", 404)]
    [InlineData("DELETE", "fhir-provider/4da196da-5cf1-4574-9e65-f97d7ea20b38", "", 403)]
    [InlineData("GET", "fhir-provider/none", "", 404)]
    [InlineData("GET", Provider + "/fhir/Patient/none", "", 404)]
    [InlineData("GET", Provider + "/fhir/Patient?shoe-size=9", "", 400)]
    public async Task Errors_have_the_documented_status(string method, string path, string body, int status)
    {
        await using var client = await SandboxClient.StartAsync();
        var content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json");
        ((int)(await client.PhenoMlAsync(new HttpMethod(method), path, content)).Status).ShouldBe(status);
    }

    [Fact]
    public async Task A_provider_with_tokens_of_its_callers_wants_one()
    {
        await using var client = await SandboxClient.StartAsync();
        var made = await client.PhenoMlAsync("fhir-provider", JsonNode.Parse("""
            {"name":"Meditech","provider":"meditech","base_url":"https://m.example","auth":{"auth_method":"token_passthrough"}}
            """)!);
        var id = made.Object["data"]!["id"]!.ToString();
        (await client.PhenoMlAsync(HttpMethod.Get, $"fhir-provider/{id}/fhir/Patient", (JsonNode?)null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.PhenoMlAsync(HttpMethod.Get, $"fhir-provider/{id}/fhir/Patient", null, ("X-Phenoml-Fhir-Provider", $"{id}:token"))).Status
            .ShouldBe(HttpStatusCode.OK);
    }

    private static (string, string, string, string, string) Lang(string name, string body) =>
        ("POST", $"/lang2fhir/{name}", $"lang2fhir/{name}", "application/json", body);

    private static (string, string, string, string, string) Tool(string name, string body) =>
        ("POST", $"/tools/lang2fhir-and-{name}", $"tools/lang2fhir-and-{name}", "application/json", body);

    private static (string, string, string, string, string) Auth(string name, string body) =>
        ("PATCH", string.Create(CultureInfo.InvariantCulture, $"{Id}/{name}-auth-config"), $"{Provider}/{name}-auth-config", "application/json", body);

    private static (string, string, string, string, string) Proxy(string method, string path, string type, string body) =>
        (method, Id + "/fhir/{fhir_path}", $"{Provider}/fhir/{path}", type, body);
}
