using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>Documents, profiles, patches and Bundles that are wrong: each is refused before anything is sent, by a sentence that says what to do.</summary>
public sealed class WrongInputTests : IAsyncLifetime
{
    private World _world = null!;

    private const string Png = "iVBORw0KGgoAAAANSUhEUg==";

    private static readonly string CutPdf = Text("%PDF-1.4\n1 0 obj << >> endobj");
    private static readonly string LockedPdf = Text("%PDF-1.4\ntrailer << /Encrypt 5 0 R >>\n%%EOF");

    public static TheoryData<string, string, string> Documents => new()
    {
        { "content", Document("not base64!"), "must be base64" },
        { "content", Document("aGVs bG8="), "without blanks" },
        { "content", Document("data:application/pdf;base64,JVBERi0="), "data URL" },
        { "content", Document(Text("Patient has asthma.")), "use lang2fhir_create" },
        { "content", Document(Text("GIF89a.....")), "image/gif" },
        { "content", Document(Text("PK\u0003\u0004 docx")), "application/zip" },
        { "content", Document(Convert.ToBase64String([1, 2, 0, 255, 254])), "convert the file first" },
        { "content", Document(CutPdf), "no end mark" },
        { "content", Document(Png), "PNG has no end mark" },
        { "content", Document("/9j/4AAQ"), "JPEG has no end mark" },
        { "content", Document(LockedPdf), "encrypted" },
        { "content", Document(Convert.ToBase64String(new byte[720_001])), "takes at most 960000 characters" },
        { "resource", $$"""{"content":"{{LanguageCalls.PdfOf("a")}}"}""", "Say in resource" },
        { "resource", $$"""{"content":"{{LanguageCalls.PdfOf("a")}}","resource":"patient","multi":true}""", "leave resource out" },
        { "multi", $$"""{"content":"{{LanguageCalls.PdfOf("a")}}","resource":"patient","validation_method":"fix"}""", "with multi true only" },
    };

    public static TheoryData<string, string, string> Profiles => new()
    {
        { "definition", "{}", "Give either" },
        { "definition", """{"definition":"{}","profile":"e30="}""", "Give either" },
        { "definition", """{"definition":"{ nonsense"}""", "not the JSON" },
        { "profile", """{"profile":"%%%"}""", "must be base64" },
        { "definition", """{"definition":"[]"}""", "not the JSON" },
        { "definition", """{"definition":"{\"resourceType\":\"Patient\"}"}""", "no StructureDefinition" },
        { "definition", Profile("\"id\":\"a b\""), "no id of FHIR's form" },
        { "definition", Profile("\"id\":\"a\",\"url\":\"none\""), "absolute address" },
        { "definition", Profile("\"id\":\"a\",\"url\":\"http://a.example/a\",\"type\":\"Shoe\""), "no resource type" },
        { "definition", Profile("\"id\":\"Patient\",\"url\":\"http://a.example/a\",\"type\":\"Patient\""), "built in" },
        { "definition", Profile("\"id\":\"a\",\"url\":\"http://a.example/a\",\"type\":\"Patient\""), "no snapshot" },
        { "implementation_guide", $$"""{"definition":"{{LanguageCalls.Profile.Trim()}}","implementation_guide":"US_Core"}""", "reserved" },
    };

    public static TheoryData<string, string, string> Patches => new()
    {
        { "operations[0].path", Patch("""[{"op":"replace","path":"status","value":"a"}]"""), "no JSON Pointer" },
        { "operations[0].path", Patch("""[{"op":"replace","path":"/a~2b","value":"a"}]"""), "no JSON Pointer" },
        { "operations[0]", Patch("""[{"op":"replace","path":"/nothing/0/there","value":"a"}]"""), "leads nowhere" },
        { "operations[1]", Patch("""[{"op":"replace","path":"/gender","value":"male"},{"op":"remove","path":"/name/99"}]"""), "leads nowhere" },
        { "operations[0]", Patch("""[{"op":"add","path":"/name/01","value":{"text":"a"}}]"""), "leads nowhere" },
        { "operations[0]", Patch("""[{"op":"test","path":"/gender","value":"other"}]"""), "its test fails" },
        { "operations[0].path", Patch("""[{"op":"replace","path":"/id","value":"other"}]"""), "stay as they are" },
        { "operations[0].value", Patch("""[{"op":"add","path":"/active"}]"""), "value goes with" },
        { "operations[0].from", Patch("""[{"op":"move","path":"/active"}]"""), "from goes with" },
        { "operations[0].from", Patch("""[{"op":"move","from":"/name","path":"/name/0"}]"""), "into itself" },
        { "operations", Patch("""[{"op":"replace","path":"/gender","value":"robot"}]"""), "FHIR R4 does not allow 1 thing(s)" },
        { "operations", Patch("""[{"op":"add","path":"/shoeSize","value":9}]"""), "FHIR R4 does not allow" },
        { "operations", """{"provider":"medplum","action":"patch","type":"Patient","id":"<patient>"}""", "either operations or resource" },
        { "resource", """{"provider":"medplum","action":"patch","type":"Patient","id":"<patient>","resource":{"id":"other"}}""", "stay as they are" },
        { "type", """{"provider":"medplum","action":"create","type":"Shoe","resource":{"resourceType":"Shoe"}}""", "no resource type" },
        { "resource", """{"provider":"medplum","action":"create","type":"Condition","resource":{"resourceType":"Patient"}}""", "another resourceType" },
        { "resource", """{"provider":"medplum","action":"create","type":"Condition","resource":{"code":"asthma"}}""", "Condition.subject: is missing" },
        { "resource", """{"provider":"medplum","action":"create","type":"Condition","resource":{"subject":{"reference":"Patient/pt_abc"}}}""", "is a handle" },
        { "patient", """{"provider":"medplum","action":"create","type":"Organization","patient":"<patient>","resource":{"name":"a"}}""",
            "refers to no patient" },
    };

    public static TheoryData<string, string> Bundles => new()
    {
        { """{"resourceType":"Patient"}""", "must be a FHIR Bundle" },
        { """{"resourceType":"Bundle","type":"document"}""", "transaction or batch" },
        { """{"resourceType":"Bundle","type":"transaction"}""", "1 to 100 entries" },
        { Bundle("""{"resource":{"resourceType":"Patient"}}"""), "request.method must be" },
        { Bundle("""{"request":{"method":"GET","url":"Patient/1"}}"""), "request.method must be" },
        { Bundle("""{"request":{"method":"POST","url":"Shoe"},"resource":{"resourceType":"Shoe"}}"""), "request.url must be" },
        { Bundle("""{"request":{"method":"DELETE","url":"Patient?name=a"}}"""), "request.url must be" },
        { Bundle("""{"request":{"method":"DELETE","url":"Patient/pt_abc"}}"""), "has a handle" },
        { Bundle("""{"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Organization","name":"a"}}"""), "type of the resource" },
        { Bundle("""{"request":{"method":"POST","url":"Patient"}}"""), "resource: is missing" },
        {
            Bundle("""
                {"request":{"method":"POST","url":"Condition"},"resource":{"resourceType":"Condition","subject":{"reference":"urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"}}}
                """),
            "Bundle.entry[0].resource.subject.reference: is a temporary link that no entry has"
        },
        { Bundle("""{"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient","gender":"robot"}}"""), "FHIR R4 does not allow" },
    };

    public async Task InitializeAsync() => _world = await World.StartAsync(
        ("HEALTHMCP_TOOLSETS", "phenoml"), ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"), ("HEALTHMCP_WRITES", "direct"));

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Documents))]
    public Task A_wrong_document(string argument, string given, string says) => RefusedAsync("lang2fhir_document", given, argument, says);

    [Theory]
    [MemberData(nameof(Profiles))]
    public Task A_wrong_profile(string argument, string given, string says) => RefusedAsync("upload_fhir_profile", given, argument, says);

    [Theory]
    [MemberData(nameof(Patches))]
    public Task A_wrong_patch_or_resource(string argument, string given, string says) => RefusedAsync("provider_fhir_write", given, argument, says);

    [Theory]
    [MemberData(nameof(Bundles))]
    public Task A_wrong_bundle(string given, string says) =>
        RefusedAsync("provider_fhir_bundle", $$"""{"provider":"medplum","bundle":{{given}}}""", "bundle", says);

    private async Task RefusedAsync(string tool, string given, string argument, string says)
    {
        var client = await _world.ConnectAsync();
        if (given.Contains("<patient>", StringComparison.Ordinal))
        {
            var found = await client.ReplyAsync(
                "provider_fhir_search", """{"provider":"medplum","type":"Patient","parameters":[{"name":"family","value":"Jones"}]}""");
            given = given.Replace("<patient>", found.First.GetProperty("id").GetString(), StringComparison.Ordinal);
        }

        var reply = await client.ReplyAsync(tool, given);
        reply.ErrorCode.ShouldBeOneOf(FailureCodes.InvalidArgument, FailureCodes.TooLarge);
        reply.Text.ShouldContain(says);
        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe(argument);
        _world.Sandbox.Journal.Entries.Where(entry => entry.Method != "GET" && !entry.Template.Contains("token", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Text(string content) => Convert.ToBase64String(Encoding.Latin1.GetBytes(content));

    private static string Document(string content) => $$"""{"resource":"patient","content":"{{content}}"}""";

    private static string Profile(string members)
    {
        var definition = JsonEncodedText.Encode("{\"resourceType\":\"StructureDefinition\"," + members + "}");
        return $$"""{"definition":"{{definition}}"}""";
    }

    private static string Patch(string operations) =>
        $$"""{"provider":"medplum","action":"patch","type":"Patient","id":"<patient>","operations":{{operations}}}""";

    private static string Bundle(string entry) => $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{entry}}]}""";
}
