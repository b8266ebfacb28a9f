using System.Net;
using HealthMcp.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Hosting;

/// <summary>Clients up to 2025-11-25 on a server that keeps no sessions.</summary>
public sealed class SinglePostTests
{
    private const string Call = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hi"}}}""";

    [Fact]
    public async Task No_session_is_given_out_and_a_call_needs_no_initialize()
    {
        await using var server = await StartAsync();
        var (opened, hello) = await server.SendAsync(HttpServer.Post(StdioSession.Initialize));
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
        opened.Headers.Contains("Mcp-Session-Id").ShouldBeFalse();
        hello.GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");

        await using var other = await StartAsync();
        var (called, body) = await other.SendAsync(At("2025-11-25", Call));
        called.StatusCode.ShouldBe(HttpStatusCode.OK);
        called.Headers.Contains("Mcp-Session-Id").ShouldBeFalse();
        body.Text().ShouldBe("echo hi");
    }

    [Fact]
    public async Task A_session_that_another_server_gave_out_does_no_harm()
    {
        await using var server = await StartAsync();
        var request = HttpServer.InSession("0123456789abcdef", Call);
        request.Headers.Add("MCP-Protocol-Version", "2025-06-18");

        (await server.SendAsync(request)).Body.Text().ShouldBe("echo hi");
    }

    [Fact]
    public async Task There_is_no_stream_to_listen_on_and_nothing_to_delete()
    {
        await using var server = await StartAsync();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, "/mcp");
            request.Headers.Add("Accept", "text/event-stream");
            request.Headers.Add("Mcp-Session-Id", "0123456789abcdef");
            var response = await server.Client.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
            response.Content.Headers.Allow.ShouldBe(["POST"]);
        }
    }

    [Fact]
    public async Task A_notification_is_accepted_and_an_unknown_method_is_answered()
    {
        await using var server = await StartAsync();
        var (accepted, _) = await server.SendAsync(At("2025-11-25", """{"jsonrpc":"2.0","method":"notifications/initialized"}"""));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var (_, unknown) = await server.SendAsync(At("2025-11-25", """{"jsonrpc":"2.0","id":1,"method":"no/such"}"""));
        unknown.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32601);
    }

    [Fact]
    public async Task A_batch_is_for_the_version_that_has_batches()
    {
        await using var server = await StartAsync();
        var batch = $"[{Call},{Call.Replace("\"id\":7", "\"id\":8", StringComparison.Ordinal)}]";

        var response = await server.Client.SendAsync(HttpServer.Post(batch));
        HttpServer.Messages(await response.Content.ReadAsStringAsync()).Select(m => m.GetProperty("id").GetInt32()).ShouldBe([7, 8]);
        (await server.SendAsync(At("2025-11-25", batch))).Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_handler_knows_the_caller()
    {
        await using var server = await HttpServer.StartAsync(
            new HttpHostOptions { Stateless = true }, new() { Authenticate = _ => new(AuthenticationOutcome.Allow(FakeServer.User("alice"))) });
        var request = At("2025-11-25", Call.Replace("\"echo\"", "\"whoami\"", StringComparison.Ordinal));

        (await server.SendAsync(request)).Body.Text().ShouldStartWith("alice");
    }

    [Fact]
    public async Task A_question_to_the_client_fails_instead_of_waiting_for_ever()
    {
        await using var server = await StartAsync();
        var (_, body) = await server.SendAsync(At("2025-11-25", Call.Replace("\"echo\"", "\"ask\"", StringComparison.Ordinal)));

        (body.TryGetProperty("error", out _) || body.GetProperty("result").GetProperty("isError").GetBoolean()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_SDKs_client_is_served(string version)
    {
        await using var server = await StartAsync();
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = server.Endpoint, TransportMode = HttpTransportMode.StreamableHttp }),
            new McpClientOptions { ProtocolVersion = version });

        client.SessionId.ShouldBeNull();
        (await client.ListToolsAsync()).ShouldNotBeEmpty();
        var answer = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hi" });
        ((TextContentBlock)answer.Content[0]).Text.ShouldBe("echo hi");
    }

    private static Task<HttpServer> StartAsync() => HttpServer.StartAsync(new HttpHostOptions { Stateless = true });

    private static HttpRequestMessage At(string version, string body)
    {
        var request = HttpServer.Post(body);
        request.Headers.Add("MCP-Protocol-Version", version);
        return request;
    }
}
