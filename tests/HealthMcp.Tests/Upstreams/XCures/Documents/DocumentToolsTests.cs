using System.Net;
using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures.Documents;

public sealed class DocumentToolsTests(XCuresWorld world) : IClassFixture<XCuresWorld>
{
    private const string Id = "22222222-2222-4222-8222-222222222222";
    private const string Subject = "11111111-1111-4111-8111-111111111111";
    private const string Address = "https://bucket.s3.example.org/doc?X-Amz-Signature=SECRET";
    private static readonly string[] Who = ["Marissa", "Daniel", "Okonkwo", "MRN-204817", "1971-06-29", "06/29/1971", "503-555", "Alder Street", "Jones"];

    [Fact]
    public async Task A_note_is_read_without_its_names_and_without_an_address()
    {
        var reply = await world.CallAsync("get_document", $$"""{"documentId":"{{await world.DocumentAsync("text/plain")}}"}""");

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Data.GetProperty("parts")[0].GetProperty("text").GetString()!.ShouldContain("metastatic breast cancer");
        foreach (var word in Who.Concat(["X-Amz", "storage", "http"])) reply.Text.ShouldNotContain(word);
    }

    [Fact]
    public async Task A_clinical_document_comes_by_section_and_its_header_says_nobody()
    {
        var reply = await world.CallAsync("get_document", $$"""{"documentId":"{{await world.DocumentAsync("application/xml")}}","max_bytes":100000}""");

        reply.Data.GetProperty("parts").EnumerateArray().ShouldContain(part => part.GetProperty("code").GetString() == "30954-2");
        reply.Data.GetProperty("header").GetProperty("title").GetString()!.ShouldStartWith("Continuity of care document");
        foreach (var word in Who) reply.Text.ShouldNotContain(word);
    }

    [Fact]
    public async Task Fhir_json_comes_as_resources_and_a_scan_is_withheld_and_not_even_fetched()
    {
        var fhir = await world.CallAsync("get_document", $$"""{"documentId":"{{await world.DocumentAsync("application/fhir+json")}}","max_bytes":200000}""");
        fhir.Resources().ShouldContain(resource => resource.GetProperty("resourceType").GetString() == "Condition");
        foreach (var word in Who) fhir.Text.ShouldNotContain(word);

        await using var own = new XCuresWorldOfItsOwn();
        await own.World.InitializeAsync();
        var scan = await own.World.CallAsync("get_document", $$"""{"documentId":"{{await own.World.DocumentAsync("application/pdf")}}"}""");
        scan.Notices[0].ShouldContain("withheld at this privacy level");
        own.World.World.Sandbox.Journal.Of("xcures", "GET /storage/{key}").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_storage_gets_no_token_and_the_address_reaches_neither_answer_nor_log_nor_audit()
    {
        await using var own = new XCuresWorldOfItsOwn();
        await own.World.InitializeAsync();
        await own.World.CallAsync("get_document", $$"""{"documentId":"{{await own.World.DocumentAsync("text/plain")}}"}""");

        var fetched = own.World.World.Sandbox.Journal.Of("xcures", "GET /storage/{key}").ShouldHaveSingleItem();
        fetched.Status.ShouldBe(200);
        fetched.Headers.Keys.ShouldNotContain("Authorization");
        fetched.Headers.Keys.ShouldNotContain("ProjectId");
        own.World.World.Log.Text.ShouldNotContain("X-Amz");
        foreach (var file in Directory.EnumerateFiles(own.World.World.DataDirectory, "*", SearchOption.AllDirectories))
            Encoding.Latin1.GetString(await ReadAsync(file)).ShouldNotContain("X-Amz");
    }

    [Fact]
    public async Task A_pdf_needs_the_identified_level_and_is_base64_there()
    {
        var refused = await world.CallAsync("get_document", $$"""{"documentId":"{{await world.DocumentAsync("text/plain")}}","content":"pdf"}""");
        refused.ErrorCode.ShouldBe(FailureCodes.QuestionWithheld);

        await using var identified = await World.StartAsync(
            ("HEALTHMCP_TOOLSETS", "xcures"), ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        var client = await identified.ConnectAsync();
        var subject = (await client.ReplyAsync("search_subjects", """{"lastName":"Jones","firstName":"Marissa"}""")).First.GetProperty("id").GetString();
        var document = (await client.ReplyAsync("search_documents", $$"""{"subject":"{{subject}}"}""")).First.GetProperty("id").GetString();
        var reply = await client.ReplyAsync("get_document", $$"""{"documentId":"{{document}}","content":"pdf"}""");
        Encoding.ASCII.GetString(reply.Data.GetProperty("file").GetProperty("data").GetBytesFromBase64()).ShouldStartWith("%PDF-");
    }

    [Fact]
    public async Task Content_none_asks_for_the_record_alone()
    {
        var xcures = Scripted("text/plain");

        var result = await RunAsync<UpstreamResult>(Tool(xcures, "get_document"), $$"""{"documentId":"{{Id}}","content":"none"}""");

        result.Sections.ShouldHaveSingleItem().Name.ShouldBe("document");
        Encoding.UTF8.GetString(result.Sections[0].Rows[0].Span).ShouldNotContain("SECRET");
        xcures.Storage.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/x")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://metadata.google.internal/x")]
    public async Task An_address_that_leads_inside_is_not_followed(string address)
    {
        var xcures = Scripted("text/plain", address);

        var failure = await FailAsync(Tool(xcures, "get_document"), $$"""{"documentId":"{{Id}}"}""");

        failure.Message.ShouldContain("does not fetch files");
        failure.ToString().ShouldNotContain(address);
        xcures.Storage.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text/plain", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>")]
    [InlineData("text/plain", "%PDF-1.7 Marissa Jones")]
    [InlineData("application/xml", "<a><b></a>")]
    [InlineData("application/json", "{\"patient\":\"Walt Peabody\"}")]
    [InlineData("text/plain", "Walt\0Peabody")]
    public async Task What_cannot_be_searched_for_identifiers_is_withheld_whatever_it_is_said_to_be(string type, string content)
    {
        var xcures = Scripted(type);
        xcures.Storage.On("GET", "/doc", _ => File(Encoding.UTF8.GetBytes(content)));

        var result = await RunAsync<UpstreamResult>(Tool(xcures, "get_document"), $$"""{"documentId":"{{Id}}"}""");

        result.Sections.ShouldHaveSingleItem().Name.ShouldBe("document");
        result.Notices.ShouldHaveSingleItem().ShouldContain("withheld");
    }

    [Fact]
    public async Task Xml_as_deep_as_a_stack_is_withheld()
    {
        var xcures = Scripted("application/xml");
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));
        xcures.Storage.On("GET", "/doc", _ => File(Encoding.UTF8.GetBytes(deep)));

        var result = await RunAsync<UpstreamResult>(Tool(xcures, "get_document"), $$"""{"documentId":"{{Id}}"}""");

        result.Notices.ShouldHaveSingleItem().ShouldContain("withheld");
    }

    [Theory]
    [InlineData("[]", FailureCodes.NotFound)]
    [InlineData("[7]", FailureCodes.UpstreamNotJson)]
    [InlineData("7", FailureCodes.UpstreamNotJson)]
    public async Task An_answer_without_a_document_is_no_document(string answer, string code)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/document/{Id}", answer);

        (await FailAsync(Tool(xcures, "get_document"), $$"""{"documentId":"{{Id}}"}""")).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task Without_the_persons_own_record_a_text_is_withheld_and_not_fetched(int status)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/document/{Id}", Record("text/plain", Address))
            .On("GET", $"{XCuresHarness.Subjects}/{Subject}", _ => ScriptedUpstream.Json("{}", status))
            .On("GET", $"{XCuresHarness.Registry}/project", $$"""[{"id":"{{XCuresHarness.Project}}"}]""");

        var result = await RunAsync<UpstreamResult>(Tool(xcures, "get_document"), $$"""{"documentId":"{{Id}}"}""");

        result.Notices.ShouldHaveSingleItem().ShouldContain("could not be read");
        xcures.Storage.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_walk_gives_each_document_once_although_new_ones_come_in_at_the_front()
    {
        var all = Enumerable.Range(0, 23).Select(n => $"d{n:00}").ToList();
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", $"{XCuresHarness.Subjects}/{Subject}", XCuresHarness.Subject(Subject, "Marissa", "Jones"));
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/document", request =>
        {
            var (number, size) = (int.Parse(request.Get("pageNumber")!), int.Parse(request.Get("pageSize")!));
            return ScriptedUpstream.Json(XCuresHarness.Page(
                all.Count, [.. all.AsEnumerable().Reverse().Skip((number - 1) * size).Take(size).Select(id => $$"""{"id":"{{id}}"}""")]));
        });
        var (tool, page, met) = (Tool(xcures, "search_documents"), (string?)null, new List<string>());
        do
        {
            var result = await RunAsync<UpstreamResult>(tool, $$"""{"subject":"{{Subject}}","pageSize":5}""", Context(tool, page: page));
            met.AddRange(result.Sections[0].Rows.Select(row => Encoding.UTF8.GetString(row.Span)));
            page = result.NextPage;
            all.Add($"new{all.Count}");
            if (all.Count % 2 == 0) all.Add($"new{all.Count}");
        }
        while (page is not null);

        met.ShouldBe(Enumerable.Range(0, 23).Reverse().Select(n => $$"""{"id":"d{{n:00}}"}"""));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("0:0:0")]
    [InlineData("-1:2:3")]
    public async Task A_foreign_page_state_is_an_invalid_cursor(string page)
    {
        var tool = Tool(new XCuresHarness(), "search_documents");

        (await FailAsync(tool, $$"""{"subject":"{{Subject}}"}""", Context(tool, page: page))).Code.ShouldBe(FailureCodes.InvalidCursor);
    }

    [Fact]
    public async Task A_resource_of_a_type_that_fhir_does_not_have_says_nothing()
    {
        var written = await world.WriteAsync(
            "upload_document",
            """{"subject":"<subject>","fileName":"z.json","contentType":"application/fhir+json","text":"{\"resourceType\":\"Zorb\",\"name\":\"Walt Peabody\"}"}""");
        var reply = await world.CallAsync("get_document", $$"""{"documentId":"{{written.Data.GetProperty("id").GetString()}}"}""");

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Text.ShouldNotContain("Peabody");
    }

    [Fact]
    public async Task Names_are_no_classification_to_look_for() =>
        (await world.CallAsync("search_documents", """{"subject":"<subject>","informationTypes":["Jones"]}""")).ErrorCode
            .ShouldBe(FailureCodes.QuestionWithheld);

    private static XCuresHarness Scripted(string type, string address = Address)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", $"{XCuresHarness.Registry}/document/{Id}", Record(type, address))
            .On("GET", $"{XCuresHarness.Subjects}/{Subject}", XCuresHarness.Subject(Subject, "Marissa", "Jones"));
        return xcures;
    }

    private static string Record(string type, string address) =>
        $$"""[{"id":"{{Id}}","subjectId":"{{Subject}}","fileName":"n","contentType":"{{type}}","signedS3Url":"{{address}}"}]""";

    private static Tool Tool(XCuresHarness xcures, string name) => xcures.Tools.Single(tool => tool.Name == name);

    private static HttpResponseMessage File(byte[] content) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>For tests that count what was asked.</summary>
    private sealed class XCuresWorldOfItsOwn : IAsyncDisposable
    {
        public XCuresWorld World { get; } = new();

        public async ValueTask DisposeAsync() => await World.DisposeAsync();
    }
}
