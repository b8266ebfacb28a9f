using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.DrCloud.Reading;

public sealed class FhirReadToolsTests
{
    private const string Keeps = """
        {"resourceType":"CapabilityStatement","format":["application/fhir+json"],"rest":[{"resource":[
        {"type":"Patient","interaction":[{"code":"read"},{"code":"vread"},{"code":"history-instance"}]},{"type":"Goal","interaction":[{"code":"read"}]}]}]}
        """;

    private readonly FhirStub _stub = new();

    [Fact]
    public async Task A_record_is_asked_for_by_type_and_id()
    {
        Answers("""{"resourceType":"Patient","id":"p1"}""");
        var result = await RunAsync("""{"type":"Patient","id":"p1"}""");
        Rows(result).ShouldBe(["""{"resourceType":"Patient","id":"p1"}"""]);
        result.View.ShouldBe(FhirView.Resource);
        _stub.Came.ShouldHaveSingleItem().AbsolutePath.ShouldBe("/apis/default/fhir/Patient/p1");
        _stub.Accepts[0].ShouldStartWith("application/fhir+json");
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","id":"p1"}""", FailureCodes.UpstreamNotJson)]
    [InlineData("""{"resourceType":"OperationOutcome","issue":[{"diagnostics":"CANARY-Jane-Doe-1950"}]}""", FailureCodes.UpstreamRejected)]
    [InlineData("[]", FailureCodes.UpstreamNotJson)]
    [InlineData("""{"resourceType":"Patient" """, FailureCodes.UpstreamNotJson)]
    public async Task Another_thing_than_the_record_is_no_answer(string answer, string code)
    {
        Answers(answer);
        (await FailAsync("""{"type":"Patient","id":"p1"}""")).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(401, """{"error":"access_denied","message":"CANARY"}""", FailureCodes.UpstreamUnauthorized, "credentials")]
    [InlineData(401, "", FailureCodes.UpstreamForbidden, "although the scope was granted")]
    [InlineData(401, "[]", FailureCodes.UpstreamForbidden, "although the scope was granted")]
    [InlineData(403, """{"resourceType":"OperationOutcome","issue":[{"diagnostics":"CANARY"}]}""", FailureCodes.UpstreamForbidden, "administrator")]
    [InlineData(400, """{"validationErrors":{"_id":"CANARY"}}""", FailureCodes.UpstreamRejected, "takes no such id")]
    [InlineData(400, """{"resourceType":"OperationOutcome","issue":[{"diagnostics":"CANARY"}]}""", FailureCodes.UpstreamRejected, "takes no such id")]
    [InlineData(400, """{"error":"invalid_request","hint":"CANARY"}""", FailureCodes.UpstreamUnauthorized, "credentials")]
    [InlineData(404, "[]", FailureCodes.NotFound, "no Patient of this id")]
    [InlineData(404, "", FailureCodes.NotFound, "no Patient of this id")]
    [InlineData(404, """{"resourceType":"OperationOutcome"}""", FailureCodes.NotFound, "no Patient of this id")]
    [InlineData(410, "", FailureCodes.NotFound, "was deleted")]
    [InlineData(405, "", FailureCodes.UpstreamForbidden, "drcloud_capabilities")]
    [InlineData(500, """{"internalErrors":["CANARY"]}""", FailureCodes.UpstreamError, "failed (500)")]
    [InlineData(501, "", FailureCodes.UpstreamForbidden, "switched off")]
    public async Task Every_shape_of_refusal_becomes_a_sentence(int status, string body, string code, string says)
    {
        _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json(body, status));
        var failure = await FailAsync("""{"type":"Patient","id":"p1"}""");
        failure.Code.ShouldBe(code);
        failure.Message.ShouldContain(says);
        failure.Message.ShouldNotContain("CANARY");
    }

    [Theory]
    [InlineData("system/Observation.read", "not granted system/Patient.read")]
    [InlineData("system/Patient.write system/Patient.$export", "not granted system/Patient.read")]
    [InlineData("system/Patient.rs?category=x", "not granted system/Patient.read")]
    public async Task What_was_not_granted_is_not_asked_for(string granted, string says)
    {
        _stub.Scope = granted;
        (await FailAsync("""{"type":"Patient","id":"p1"}""")).Message.ShouldContain(says);
        _stub.Came.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_grant_is_not_known_an_empty_401_is_taken_for_a_missing_scope()
    {
        _stub.Scope = null;
        _stub.Answer = StubAnswer.Bad("401 empty");
        (await FailAsync("""{"type":"Patient","id":"p1"}""")).Message.ShouldContain("most likely for want of a scope");
    }

    [Fact]
    public async Task Versions_are_read_where_the_server_keeps_them()
    {
        _stub.Metadata = Keeps;
        Answers("""{"resourceType":"Patient","id":"p1","meta":{"versionId":"3"}}""");
        await RunAsync("""{"type":"Patient","id":"p1","version":"3"}""");
        _stub.Came[^1].AbsolutePath.ShouldEndWith("/Patient/p1/_history/3");
        Answers("""
            {"resourceType":"Bundle","type":"history","entry":[{"resource":{"resourceType":"Patient","id":"old","meta":{"lastUpdated":"2020"}}},
            {"request":{"method":"DELETE"}},{"resource":{"resourceType":"Goal"}},{"resource":{"resourceType":"Patient","id":"new","meta":{"lastUpdated":"2024"}}}]}
            """);
        var versions = Rows(await RunAsync("""{"type":"Patient","id":"p1","history":true}"""));
        versions.Select(row => row.Contains("new", StringComparison.Ordinal)).ShouldBe([true, false]);
        _stub.Came[^1].AbsolutePath.ShouldEndWith("/Patient/p1/_history");
    }

    [Theory]
    [InlineData("""{"type":"Goal","id":"g","version":"1"}""", "version")]
    [InlineData("""{"type":"Goal","id":"g","history":true}""", "history")]
    [InlineData("""{"type":"Binary","id":"g","history":true}""", "history")]
    [InlineData("""{"type":"Patient","id":"g","version":"..","history":false}""", "version")]
    [InlineData("""{"type":"Patient","id":"g","version":"a/b"}""", "version")]
    [InlineData("""{"type":"Patient","id":"g","version":"1","history":true}""", "version")]
    public async Task Versions_that_cannot_be_read_are_refused(string arguments, string argument)
    {
        _stub.Metadata = Keeps;
        (await FailAsync(arguments)).Argument.ShouldBe(argument);
        _stub.Searches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text/plain", "Note of Jane", "text/plain")]
    [InlineData("application/xml; charset=utf-8", "<ClinicalDocument/>", "application/xml")]
    [InlineData("application/json", """{"a":1}""", "application/json")]
    [InlineData("application/json", "not json", "application/json")]
    [InlineData("", "x", "application/octet-stream")]
    public async Task A_file_comes_as_a_resource_whatever_it_is(string type, string content, string said)
    {
        Streams(type, content);
        using var row = JsonDocument.Parse(Rows(await RunAsync("""{"type":"Binary","id":"b1"}""")).Single());
        row.RootElement.GetProperty("resourceType").GetString().ShouldBe("Binary");
        row.RootElement.GetProperty("id").GetString().ShouldBe("b1");
        row.RootElement.GetProperty("contentType").GetString().ShouldBe(said);
        Encoding.UTF8.GetString(row.RootElement.GetProperty("data").GetBytesFromBase64()).ShouldBe(content);
    }

    [Fact]
    public async Task A_file_that_comes_wrapped_stays_as_it_is()
    {
        const string Wrapped = """{"resourceType":"Binary","id":"b1","contentType":"text/plain","data":"eA=="}""";
        Streams("application/fhir+json", Wrapped);
        Rows(await RunAsync("""{"type":"Binary","id":"b1"}""")).ShouldBe([Wrapped]);
    }

    [Fact]
    public async Task The_files_of_a_record_are_fetched_by_id_from_the_one_server()
    {
        var addresses = new[] { "Binary/b1", "https://elsewhere.test/x/Binary/b2", "Binary/b1", "https://ehr.test/file.pdf", "Binary/..", "Binary/gone" };
        var content = string.Join(',', addresses.Select(url => $$"""{"attachment":{"url":"{{url}}"} }"""));
        var document = $$"""{"resourceType":"DocumentReference","id":"d","content":[{{content}}]}""";
        _stub.Answer = (request, _) => Task.FromResult(request.RequestUri!.AbsolutePath switch
        {
            var path when path.EndsWith("/d", StringComparison.Ordinal) => StubAnswer.Json(document),
            var path when path.EndsWith("/gone", StringComparison.Ordinal) => StubAnswer.Json("[]", 404),
            _ => File("text/plain", "words"),
        });
        var result = await RunAsync("""{"type":"DocumentReference","id":"d","include_files":true}""");
        result.Sections.Select(section => (section.Name, section.Rows.Count)).ShouldBe([("resources", 1), ("files", 2)]);
        _stub.Came.ShouldAllBe(uri => uri.Host == "ehr.test");
        _stub.Came.Select(uri => uri.Segments[^1]).ShouldBe(["d", "b1", "b2", "gone"]);
        result.Notices.ShouldBe(["1 file(s) of the record are not there any more."]);
    }

    private void Answers(string json) => _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json(json));

    private void Streams(string type, string content) => _stub.Answer = (_, _) => Task.FromResult(File(type, content));

    private static HttpResponseMessage File(string type, string content)
    {
        var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        if (type.Length > 0) bytes.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = bytes };
    }

    private Task<UpstreamResult> RunAsync(string arguments) => ToolCalls.RunAsync<UpstreamResult>(_stub.Tool("drcloud_fhir_read"), arguments);

    private Task<CallFailureException> FailAsync(string arguments) => ToolCalls.FailAsync(_stub.Tool("drcloud_fhir_read"), arguments);

    private static IReadOnlyList<string> Rows(UpstreamResult result) => [.. result.Sections[0].Rows.Select(row => Encoding.UTF8.GetString(row.Span))];
}
