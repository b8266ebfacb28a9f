using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HealthMcp.Hosting;

namespace HealthMcp.Tests.Hosting;

public sealed class HttpRefusalTests
{
    private const string Secret = "123-45-6789";

    private static readonly Dictionary<string, Func<HttpRequestMessage>> Wrong = new(StringComparer.Ordinal)
    {
        ["foreign Host"] = () => With(Modern(), r => r.Headers.Host = "evil.example.com"),
        ["foreign Origin"] = () => With(Modern(), r => r.Headers.Add("Origin", "http://evil.example.com")),
        ["null Origin"] = () => With(Modern(), r => r.Headers.Add("Origin", "null")),
        ["Origin on a lookalike host"] = () => With(Modern(), r => r.Headers.Add("Origin", "http://127.0.0.1.evil.example.com")),
        ["Accept without JSON"] = () => With(Modern(), r => Accept(r, "text/event-stream")),
        ["Accept without events"] = () => With(Modern(), r => Accept(r, "application/json")),
        ["no Accept"] = () => With(Modern(), r => r.Headers.Accept.Clear()),
        ["text body"] = () => With(Modern(), r => r.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain")),
        ["no Content-Type"] = () => With(Modern(), r => r.Content!.Headers.ContentType = null),
        ["UTF-16 body"] = () => With(Modern(), r => r.Content!.Headers.ContentType!.CharSet = "utf-16"),
        ["malformed JSON"] = () => HttpServer.Post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + Secret),
        ["empty body"] = () => HttpServer.Post(""),
        ["no JSON-RPC"] = () => HttpServer.Post("""{"id":7,"method":"ping"}"""),
        ["a name twice"] = () => HttpServer.Post("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","name":"whoami"}}"""),
        ["too deep"] = () => HttpServer.Post("""{"jsonrpc":"2.0","id":7,"method":"ping","params":""" + new string('[', 500) + new string(']', 500) + "}"),
        ["too large"] = () => HttpServer.Post($$"""{"jsonrpc":"2.0","id":7,"method":"{{new string('x', 70_000)}}"}"""),
        ["too large and of unknown length"] = () => With(HttpServer.Post(new string(' ', 70_000)), r => r.Headers.TransferEncodingChunked = true),
        ["missing session"] = () => HttpServer.Post("""{"jsonrpc":"2.0","id":7,"method":"tools/list"}"""),
        ["unknown session"] = () => HttpServer.InSession(Secret, """{"jsonrpc":"2.0","id":7,"method":"tools/list"}"""),
        ["broken initialize"] = () => HttpServer.Post("""{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":5}}"""),
        ["initialize without params"] = () => HttpServer.Post("""{"jsonrpc":"2.0","id":7,"method":"initialize"}"""),
        ["unsupported version"] = () => With(
            HttpServer.Modern(
                "tools/list",
                meta: """{"io.modelcontextprotocol/protocolVersion":"2031-01-01","io.modelcontextprotocol/clientCapabilities":{}}"""),
            r => Replace(r, "MCP-Protocol-Version", "2031-01-01")),
        ["unsupported version that is none"] = () => With(
            HttpServer.Post("""{"jsonrpc":"2.0","id":7,"method":"tools/list"}"""),
            r => Replace(r, "MCP-Protocol-Version", "<" + Secret + ">")),
        ["version only in the body"] = () => With(Modern(), r => r.Headers.Remove("MCP-Protocol-Version")),
        ["version of an older header"] = () => With(Modern(), r => Replace(r, "MCP-Protocol-Version", "2025-11-25")),
        ["two versions"] = () => With(Modern(), r => r.Headers.Add("MCP-Protocol-Version", "2025-11-25")),
        ["version differs in the body"] = () => HttpServer.Modern(
            "tools/list",
            meta: """{"io.modelcontextprotocol/protocolVersion":"2025-11-25","io.modelcontextprotocol/clientCapabilities":{}}"""),
        ["no _meta version"] = () => HttpServer.Modern("tools/list", meta: """{"io.modelcontextprotocol/clientCapabilities":{}}"""),
        ["no _meta capabilities"] = () => HttpServer.Modern("tools/list", meta: """{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"""),
        ["no Mcp-Method"] = () => With(Modern(), r => r.Headers.Remove("Mcp-Method")),
        ["other Mcp-Method"] = () => With(Modern(), r => Replace(r, "Mcp-Method", "tools/call")),
        ["Mcp-Method in capitals"] = () => With(Modern(), r => Replace(r, "Mcp-Method", "TOOLS/LIST")),
        ["no Mcp-Name"] = () => With(HttpServer.Call("echo"), r => r.Headers.Remove("Mcp-Name")),
        ["other Mcp-Name"] = () => With(HttpServer.Call("echo"), r => Replace(r, "Mcp-Name", "whoami")),
        ["Mcp-Name in broken Base64"] = () => With(HttpServer.Call("echo"), r => Replace(r, "Mcp-Name", "=?base64?!!?=")),
        ["Mcp-Param missing"] = () => HttpServer.Call("annotated", """{"text":"a"}"""),
        ["Mcp-Param differs"] = () => With(HttpServer.Call("annotated", """{"text":"a"}"""), r => r.Headers.Add("Mcp-Param-Text", "b")),
        ["Mcp-Param of another number"] = () => With(HttpServer.Call("annotated", """{"count":5}"""), r => r.Headers.Add("Mcp-Param-Count", "6")),
        ["Mcp-Param without an argument"] = () => With(HttpServer.Call("annotated"), r => r.Headers.Add("Mcp-Param-Text", "a")),
        ["Mcp-Param twice"] = () => With(HttpServer.Call("annotated", """{"text":"a"}"""), r => r.Headers.Add("Mcp-Param-Text", ["a", "b"])),
        ["unknown method"] = () => HttpServer.Modern("secret/" + Secret),
        ["removed method"] = () => HttpServer.Modern("ping"),
        ["initialize in the newest version"] = () => HttpServer.Modern("initialize"),
        ["answer to nothing"] = () => With(
            HttpServer.Post("""{"jsonrpc":"2.0","id":7,"result":{}}"""),
            r => r.Headers.Add("MCP-Protocol-Version", "2026-07-28")),
        ["batch in the newest version"] = () => With(
            HttpServer.Post("""[{"jsonrpc":"2.0","id":7,"method":"tools/list"},{"jsonrpc":"2.0","id":8,"method":"tools/list"}]"""),
            r => r.Headers.Add("MCP-Protocol-Version", "2026-07-28")),
        ["params that are a list"] = () => With(
            HttpServer.Post("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":[1]}"""),
            r => { r.Headers.Add("MCP-Protocol-Version", "2026-07-28"); r.Headers.Add("Mcp-Method", "tools/list"); }),
        ["GET in the newest version"] = () => Bare(HttpMethod.Get, ("MCP-Protocol-Version", "2026-07-28"), ("Accept", "text/event-stream")),
        ["DELETE in the newest version"] = () => Bare(HttpMethod.Delete, ("MCP-Protocol-Version", "2026-07-28")),
        ["GET without a session"] = () => Bare(HttpMethod.Get, ("Accept", "text/event-stream")),
        ["GET of an unknown session"] = () => Bare(HttpMethod.Get, ("Accept", "text/event-stream"), ("Mcp-Session-Id", Secret)),
        ["GET that accepts no events"] = () => Bare(HttpMethod.Get, ("Accept", "application/json")),
        ["DELETE without a session"] = () => Bare(HttpMethod.Delete),
        ["DELETE of an unknown session"] = () => Bare(HttpMethod.Delete, ("Mcp-Session-Id", Secret)),
        ["GET in an unsupported version"] = () => Bare(HttpMethod.Get, ("MCP-Protocol-Version", "1999-01-01")),
    };

    [Theory]
    [InlineData("foreign Host", 403, -32000)]
    [InlineData("foreign Origin", 403, -32000)]
    [InlineData("null Origin", 403, -32000)]
    [InlineData("Origin on a lookalike host", 403, -32000)]
    [InlineData("Accept without JSON", 406, -32000)]
    [InlineData("Accept without events", 406, -32000)]
    [InlineData("no Accept", 406, -32000)]
    [InlineData("text body", 415, -32000)]
    [InlineData("no Content-Type", 415, -32000)]
    [InlineData("UTF-16 body", 415, -32000)]
    [InlineData("malformed JSON", 400, -32700)]
    [InlineData("empty body", 400, -32700)]
    [InlineData("no JSON-RPC", 400, -32600)]
    [InlineData("a name twice", 400, -32600)]
    [InlineData("too deep", 400, -32700)]
    [InlineData("too large", 413, -32600)]
    [InlineData("too large and of unknown length", 413, -32600)]
    [InlineData("missing session", 400, -32000)]
    [InlineData("unknown session", 404, -32001)]
    [InlineData("broken initialize", 400, -32602)]
    [InlineData("initialize without params", 400, -32602)]
    [InlineData("unsupported version", 400, -32022)]
    [InlineData("unsupported version that is none", 400, -32022)]
    [InlineData("version only in the body", 400, -32020)]
    [InlineData("version of an older header", 400, -32020)]
    [InlineData("two versions", 400, -32020)]
    [InlineData("version differs in the body", 400, -32020)]
    [InlineData("no _meta version", 400, -32602)]
    [InlineData("no _meta capabilities", 400, -32602)]
    [InlineData("no Mcp-Method", 400, -32020)]
    [InlineData("other Mcp-Method", 400, -32020)]
    [InlineData("Mcp-Method in capitals", 400, -32020)]
    [InlineData("no Mcp-Name", 400, -32020)]
    [InlineData("other Mcp-Name", 400, -32020)]
    [InlineData("Mcp-Name in broken Base64", 400, -32020)]
    [InlineData("Mcp-Param missing", 400, -32020)]
    [InlineData("Mcp-Param differs", 400, -32020)]
    [InlineData("Mcp-Param of another number", 400, -32020)]
    [InlineData("Mcp-Param without an argument", 400, -32020)]
    [InlineData("Mcp-Param twice", 400, -32020)]
    [InlineData("unknown method", 404, -32601)]
    [InlineData("removed method", 404, -32601)]
    [InlineData("initialize in the newest version", 404, -32601)]
    [InlineData("answer to nothing", 400, -32600)]
    [InlineData("batch in the newest version", 400, -32600)]
    [InlineData("params that are a list", 400, -32602)]
    [InlineData("GET in the newest version", 405, -32000)]
    [InlineData("DELETE in the newest version", 405, -32000)]
    [InlineData("GET without a session", 400, -32000)]
    [InlineData("GET of an unknown session", 404, -32001)]
    [InlineData("GET that accepts no events", 406, -32000)]
    [InlineData("DELETE without a session", 400, -32000)]
    [InlineData("DELETE of an unknown session", 404, -32001)]
    [InlineData("GET in an unsupported version", 400, -32022)]
    public async Task What_is_wrong_is_refused_without_repeating_it_and_the_next_request_is_served(string what, int status, int code)
    {
        await using var server = await HttpServer.StartAsync(new HttpHostOptions { MaxRequestBytes = 64 * 1024 });
        var (response, body) = await server.SendAsync(Wrong[what]());

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        body.Code().ShouldBe(code);
        body.GetRawText().ShouldNotContain(Secret);
        (await server.SendAsync(Modern())).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_table_leaves_none_of_its_requests_out()
    {
        var listed = typeof(HttpRefusalTests).GetMethod(nameof(What_is_wrong_is_refused_without_repeating_it_and_the_next_request_is_served))!
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!);

        listed.ShouldBe(Wrong.Keys, ignoreOrder: true);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Other_verbs_are_not_allowed(string verb)
    {
        await using var server = await HttpServer.StartAsync();

        (await server.SendAsync(Bare(new HttpMethod(verb)))).Response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task The_health_check_says_ok_to_any_host_and_nothing_else()
    {
        await using var server = await HttpServer.StartAsync();
        var response = await server.Client.SendAsync(With(new HttpRequestMessage(HttpMethod.Get, "/healthz"), r => r.Headers.Host = "10.0.0.7"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe("ok");
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Named_hosts_and_origins_are_let_in_and_a_browser_is_told_so()
    {
        await using var server =
            await HttpServer.StartAsync(new HttpHostOptions { AllowedHosts = ["mcp.example.org"], AllowedOrigins = ["https://app.example.org"] });
        var allowed = With(Modern(), r => { r.Headers.Host = "mcp.example.org:8443"; r.Headers.Add("Origin", "https://app.example.org"); });
        var preflight = With(
            Bare(HttpMethod.Options, ("Origin", "https://app.example.org"), ("Access-Control-Request-Headers", "mcp-method")),
            r => r.Headers.Host = "mcp.example.org");

        (await server.SendAsync(allowed)).Response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example.org"]);
        (await server.SendAsync(preflight)).Response.Headers.GetValues("Access-Control-Allow-Headers").ShouldBe(["mcp-method"]);
        (await server.SendAsync(Modern())).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static HttpRequestMessage Modern() => HttpServer.Modern("tools/list");

    private static HttpRequestMessage Bare(HttpMethod method, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, "/mcp");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private static HttpRequestMessage With(HttpRequestMessage request, Action<HttpRequestMessage> change)
    {
        change(request);
        return request;
    }

    private static void Accept(HttpRequestMessage request, string type)
    {
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
    }

    private static void Replace(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
    }
}
