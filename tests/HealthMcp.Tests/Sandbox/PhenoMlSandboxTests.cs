using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Sandbox;

public sealed class PhenoMlSandboxTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private const string Note = "Mr. Müller has type 2 diabetes. No fever. He takes metformin 500 mg daily and denies chest pain.";
    private readonly SandboxClient _client = fixture.Client;

    [Fact]
    public async Task A_code_comes_with_citations_that_are_in_the_text()
    {
        var codes = (await ExtractAsync("ICD-10-CM", """{"include_citations":true}""")).Rows("codes");
        var code = codes.ShouldHaveSingleItem();
        code["code"]!.ToString().ShouldBe("E11.9");
        code["reason"]!.ToString().ShouldContain("Sandbox engine");
        var citation = code["citations"]![0]!;
        var bytes = Encoding.UTF8.GetBytes(Note)[(int)citation["begin_offset"]!..(int)citation["end_offset"]!];
        Encoding.UTF8.GetString(bytes).ShouldBe(citation["text"]!.ToString());
    }

    [Fact]
    public async Task What_is_negated_is_invalid_and_shown_only_when_asked_for()
    {
        var codes = (await ExtractAsync("HPO", """{"include_invalid":true,"chunking_method":"clinical_ner_extract"}""")).Rows("codes");
        codes.Where(code => !(bool)code["valid"]!).Select(code => code["code"]!.ToString()).ShouldBe(["HP:0001945", "HP:0100749"]);
    }

    [Fact]
    public async Task A_dose_picks_the_product() =>
        (await ExtractAsync("RXNORM", "{}")).Rows("codes").ShouldHaveSingleItem()["code"]!.ToString().ShouldBe("861007");

    [Fact]
    public async Task Ancestors_are_marked_and_have_no_citations()
    {
        var codes = (await ExtractAsync("SNOMED_CT_US_LITE", """{"include_ancestors":true,"include_citations":true}""")).Rows("codes");
        var ancestor = codes.Where(code => (bool)code["is_ancestor"]!).ShouldHaveSingleItem();
        ancestor["code"]!.ToString().ShouldBe("73211009");
        ancestor.ContainsKey("citations").ShouldBeFalse();
    }

    [Theory]
    [InlineData("CPT")]
    [InlineData("MADE-UP")]
    public async Task An_unknown_or_unlicensed_system_is_404(string system) => (await ExtractAsync(system, "{}")).Status.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("""{"min_context_relevance":0.5}""")]
    [InlineData("""{"chunking_method":"fasthpocr"}""")]
    [InlineData("""{"chunking_method":"words"}""")]
    [InlineData("""{"max_codes_per_chunk":0}""")]
    [InlineData("""{"code_similarity_filter":1.5}""")]
    [InlineData("""{"include_citations":"yes"}""")]
    public async Task A_config_outside_the_contract_is_400(string config) =>
        (await ExtractAsync("ICD-10-CM", config)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("appointment", "Appointment")]
    [InlineData("condition-encounter-diagnosis", "Condition")]
    [InlineData("medicationrequest", "MedicationRequest")]
    [InlineData("careplan", "CarePlan")]
    [InlineData("condition-problems-health-concerns", "Condition")]
    [InlineData("coverage", "Coverage")]
    [InlineData("encounter", "Encounter")]
    [InlineData("observation-clinical-result", "Observation")]
    [InlineData("observation-lab", "Observation")]
    [InlineData("patient", "Patient")]
    [InlineData("procedure", "Procedure")]
    [InlineData("questionnaire", "Questionnaire")]
    [InlineData("questionnaireresponse", "QuestionnaireResponse")]
    [InlineData("servicerequest", "ServiceRequest")]
    [InlineData("simple-observation", "Observation")]
    public async Task Each_resource_kind_gives_its_type(string kind, string type) =>
        (await CreateAsync(kind, Note)).Object["resourceType"]!.ToString().ShouldBe(type);

    [Fact]
    public async Task Vital_signs_are_read_from_the_text()
    {
        var observation = (await CreateAsync("vital-signs", "BP 128/82 today")).Object;
        observation["code"]!["coding"]![0]!["code"]!.ToString().ShouldBe("85354-9");
        observation["component"]!.AsArray().Select(part => (int)part!["valueQuantity"]!["value"]!).ShouldBe([128, 82]);
        (await CreateAsync("vital-signs", "She is well")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_patient_without_an_identifier_gets_a_synthetic_one()
    {
        var identifier = (await CreateAsync("patient", "Jane Roe is a woman born on 1980-02-03.")).Object["identifier"]![0]!;
        identifier["system"]!.ToString().ShouldBe("urn:phenoml:lang2fhir-generated-id");
        (await CreateAsync("patient", "Jane Roe, MRN 4711")).Object["identifier"]![0]!["value"]!.ToString().ShouldBe("4711");
    }

    [Fact]
    public async Task A_custom_profile_that_was_not_uploaded_is_404() => (await CreateAsync("my-profile", Note)).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Auto_tells_the_kind_from_the_text() =>
        (await CreateAsync("auto", "Her blood pressure was 118/76.")).Object["resourceType"]!.ToString().ShouldBe("Observation");

    [Theory]
    [InlineData("auth/token", "token")]
    [InlineData("v2/auth/token", "access_token")]
    public async Task Basic_credentials_give_a_token(string path, string member)
    {
        var at = _client.At.PhenoML;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(at.BaseUri, path));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{at.ClientId}:{at.ClientSecret}")));
        (await _client.SendAsync(request)).Object.ContainsKey(member).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"grant_type":"password","client_id":"a","client_secret":"b"}""", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    [InlineData("""{"client_id":"a"}""", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("""{"client_id":"a","client_secret":"b"}""", HttpStatusCode.Unauthorized, "invalid_client")]
    public async Task A_refused_token_request_has_an_oauth_error(string body, HttpStatusCode status, string error)
    {
        var reply = await _client.PostAsync(new Uri(_client.At.PhenoML.BaseUri, "v2/auth/token"), JsonNode.Parse(body)!);
        (reply.Status, reply.Object["error"]!.ToString()).ShouldBe((status, error));
    }

    private Task<Reply> ExtractAsync(string system, string config) => _client.PhenoMlAsync(
        "construe/extract", new JsonObject { ["text"] = Note, ["system"] = new JsonObject { ["name"] = system }, ["config"] = JsonNode.Parse(config) });

    private Task<Reply> CreateAsync(string kind, string text) =>
        _client.PhenoMlAsync("lang2fhir/create", new JsonObject { ["version"] = "R4", ["resource"] = kind, ["text"] = text });
}
