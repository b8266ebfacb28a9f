using System.Net;
using System.Text;
using System.Text.Json;
using HealthMcp.Hosting;

namespace HealthMcp.Tests.Hosting;

public sealed class StatelessTests
{
    [Fact]
    public async Task A_call_is_answered_without_a_session()
    {
        await using var server = await HttpServer.StartAsync();
        var (response, body) = await server.SendAsync(HttpServer.Call("echo", """{"text":"hi"}"""));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Contains("Mcp-Session-Id").ShouldBeFalse();
        body.Text().ShouldBe("echo hi");
    }

    [Fact]
    public async Task Discovery_names_the_server_and_its_versions()
    {
        await using var server = await HttpServer.StartAsync();
        var (_, body) = await server.SendAsync(HttpServer.Modern("server/discover"));

        body.GetProperty("result").GetProperty("supportedVersions").EnumerateArray().Select(v => v.GetString()).ShouldBe(["2026-07-28"]);
    }

    [Fact]
    public async Task A_notification_is_accepted_without_a_body()
    {
        await using var server = await HttpServer.StartAsync();
        var request = HttpServer.Post("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "notifications/cancelled");
        var (response, body) = await server.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Content.Headers.ContentType.ShouldBeNull();
        body.ValueKind.ShouldBe(JsonValueKind.Undefined);
    }

    [Fact]
    public async Task A_handler_knows_the_caller_the_client_the_version_and_the_progress_token()
    {
        await using var server = await HttpServer.StartAsync(hooks: new() { Authenticate = _ => new(AuthenticationOutcome.Allow(FakeServer.User("alice"))) });
        var request = HttpServer.Modern("tools/call", "\"name\":\"whoami\",", "whoami", meta: StdioSession.Meta[..^1] + ",\"progressToken\":\"p7\"}");
        var (_, body) = await server.SendAsync(request);

        body.Text().ShouldBe("alice t 2026-07-28 p7");
    }

    [Fact]
    public async Task Text_leaves_without_needless_escapes()
    {
        await using var server = await HttpServer.StartAsync();
        var response = await server.Client.SendAsync(HttpServer.Call("quotes"));

        (await response.Content.ReadAsStringAsync()).ShouldContain("""{\"name\":\"Zoë \\\\u0022 <b>\"}""");
    }

    [Fact]
    public async Task A_body_of_several_megabytes_is_read_whole()
    {
        await using var server = await HttpServer.StartAsync();
        var text = new string('a', 3_500_000);
        var (_, body) = await server.SendAsync(HttpServer.Call("echo", $$"""{"text":"{{text}}"}"""));

        body.Text().Length.ShouldBe(text.Length + 5);
    }

    [Fact]
    public async Task Header_names_in_any_case_and_encoded_values_are_understood()
    {
        await using var server = await HttpServer.StartAsync();
        var request = HttpServer.Call("annotated", """{"text":"Zoë","count":5}""");
        request.Headers.Add("mcp-param-text", "=?base64?" + Convert.ToBase64String(Encoding.UTF8.GetBytes("Zoë")) + "?=");
        request.Headers.Add("MCP-PARAM-COUNT", "5");

        (await server.SendAsync(request)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_closed_response_stream_cancels_the_call()
    {
        await using var server = await HttpServer.StartAsync();
        using var leave = new CancellationTokenSource();
        var calling = server.Client.SendAsync(HttpServer.Call("wait"), leave.Token);
        await server.Fake.Entered.Task;
        await leave.CancelAsync();

        await server.Fake.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Should.ThrowAsync<OperationCanceledException>(calling);
    }

    [Fact]
    public async Task A_listener_hears_what_it_asked_for_and_is_forgotten_when_it_leaves()
    {
        await using var server = await HttpServer.StartAsync();
        using (var response = await ListenAsync(server))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            (await NextAsync(reader)).GetProperty("method").GetString().ShouldBe("notifications/subscriptions/acknowledged");
            server.Fake.Hub.PromptsChanged();
            server.Fake.Hub.ResourceUpdated("test://other");
            server.Fake.Hub.ResourceUpdated("test://mine");
            server.Fake.Hub.ToolsChanged();
            (await NextAsync(reader)).GetProperty("params").GetProperty("uri").GetString().ShouldBe("test://mine");
            (await NextAsync(reader)).GetProperty("method").GetString().ShouldBe("notifications/tools/list_changed");
        }

        await Eventually.TrueAsync(() => server.Fake.Hub.Listeners == 0);
    }

    [Fact]
    public async Task An_open_listener_does_not_hold_up_the_end_of_the_server()
    {
        await using var server = await HttpServer.StartAsync(new HttpHostOptions { ShutdownTimeout = TimeSpan.FromMinutes(10) });
        using var response = await ListenAsync(server);
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));

        server.Fake.Hub.Listeners.ShouldBe(0);
    }

    [Fact]
    public async Task A_call_in_flight_is_answered_before_the_server_ends()
    {
        await using var server = await HttpServer.StartAsync();
        var calling = server.SendAsync(HttpServer.Call("wait"));
        await server.Fake.Entered.Task;
        var stopping = server.StopAsync();
        server.Fake.Release.SetResult();

        (await calling).Body.Text().ShouldBe("waited");
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static Task<HttpResponseMessage> ListenAsync(HttpServer server) => server.Client.SendAsync(
        HttpServer.Modern(
            "subscriptions/listen",
            """{"notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["test://mine"]},"""[1..]),
        HttpCompletionOption.ResponseHeadersRead);

    private static async Task<JsonElement> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (HttpServer.Messages(line) is [var message])
            {
                return message;
            }
        }

        throw new EndOfStreamException();
    }
}
