using System.Net;
using System.Security.Claims;
using System.Text.Json;
using HealthMcp.Hosting;

namespace HealthMcp.Tests.Hosting;

public sealed class SessionTests
{
    private const string List = """{"jsonrpc":"2.0","id":5,"method":"tools/list"}""";

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Initialize_opens_a_session_that_later_messages_name(string version)
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.OpenSessionAsync(version);
        var accepted = await server.SendAsync(HttpServer.InSession(session, """{"jsonrpc":"2.0","method":"notifications/initialized"}"""));
        var (response, body) = await server.SendAsync(HttpServer.InSession(session, List));

        accepted.Response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("id").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task A_deleted_session_is_gone()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.OpenSessionAsync();

        (await server.SendAsync(InSession(HttpMethod.Delete, session))).Response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.SendAsync(HttpServer.InSession(session, List))).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_idle_session_expires_and_a_used_one_does_not()
    {
        var time = new ManualTime();
        await using var server = await HttpServer.StartAsync(new HttpHostOptions { SessionIdle = TimeSpan.FromMinutes(30) }, time: time);
        var idle = await server.OpenSessionAsync();
        var used = await server.OpenSessionAsync();
        time.Advance(TimeSpan.FromMinutes(20));
        await server.SendAsync(HttpServer.InSession(used, List));
        time.Advance(TimeSpan.FromMinutes(20));

        (await server.SendAsync(HttpServer.InSession(idle, List))).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync(HttpServer.InSession(used, List))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_session_unused_for_longest_makes_room_for_a_new_one()
    {
        var time = new ManualTime();
        await using var server = await HttpServer.StartAsync(new HttpHostOptions { MaxSessions = 2 }, time: time);
        var first = await server.OpenSessionAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        var second = await server.OpenSessionAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await server.OpenSessionAsync();

        (await server.SendAsync(HttpServer.InSession(first, List))).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync(HttpServer.InSession(second, List))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_opens_many_sessions_makes_room_with_its_own()
    {
        var time = new ManualTime();
        var hooks = new HttpHostHooks { Authenticate = context => ValueTask.FromResult(As(context.Request.Headers["X-User"].ToString())) };
        await using var server = await HttpServer.StartAsync(new HttpHostOptions { MaxSessions = 3 }, hooks, time);
        var other = await server.OpenSessionAsync(change: request => request.Headers.Add("X-User", "bob"));
        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await server.OpenSessionAsync(change: request => request.Headers.Add("X-User", "alice"));
        }

        var asked = HttpServer.InSession(other, List);
        asked.Headers.Add("X-User", "bob");
        (await server.SendAsync(asked)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static AuthenticationOutcome As(string user) =>
        AuthenticationOutcome.Allow(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", user)], "test")));

    [Fact]
    public async Task There_is_no_room_while_every_session_is_at_work()
    {
        await using var server = await HttpServer.StartAsync(new HttpHostOptions { MaxSessions = 1 });
        var busy = server.SendAsync(HttpServer.InSession(
            await server.OpenSessionAsync(),
            """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"wait"}}"""));
        await server.Fake.Entered.Task;
        var (response, _) = await server.SendAsync(HttpServer.Post(StdioSession.Initialize));
        server.Fake.Release.SetResult();

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await busy).Body.Text().ShouldBe("waited");
    }

    [Fact]
    public async Task A_session_belongs_to_whoever_opened_it()
    {
        await using var server = await HttpServer.StartAsync(hooks: new()
        {
            Authenticate = context => new(AuthenticationOutcome.Allow(FakeServer.User(context.Request.Headers["X-User"].ToString()))),
        });
        var session = await server.OpenSessionAsync(change: request => request.Headers.Add("X-User", "alice"));
        var whoami = """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"whoami","_meta":{"progressToken":3}}}""";

        (await server.SendAsync(As("alice", HttpServer.InSession(session, whoami)))).Body.Text().ShouldBe("alice t 2025-11-25 3");
        (await server.SendAsync(As("mallory", HttpServer.InSession(session, whoami)))).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync(As("mallory", InSession(HttpMethod.Delete, session)))).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_stream_of_events_is_given_out_once_and_ends_with_the_session()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.OpenSessionAsync();
        using var stream = await server.Client.SendAsync(InSession(HttpMethod.Get, session), HttpCompletionOption.ResponseHeadersRead);
        var second = await server.SendAsync(InSession(HttpMethod.Get, session));
        await server.SendAsync(InSession(HttpMethod.Delete, session));

        stream.Content.Headers.ContentType?.MediaType.ShouldBe("text/event-stream");
        second.Response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await stream.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(60))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_open_stream_of_events_does_not_hold_up_the_end_of_the_server()
    {
        await using var server = await HttpServer.StartAsync(new HttpHostOptions { ShutdownTimeout = TimeSpan.FromMinutes(10) });
        using var stream = await server.Client.SendAsync(InSession(HttpMethod.Get, await server.OpenSessionAsync()), HttpCompletionOption.ResponseHeadersRead);

        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_call_of_a_session_is_cancelled_by_a_message_and_not_by_hanging_up()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.OpenSessionAsync();
        using var leave = new CancellationTokenSource();
        var calling = server.Client.SendAsync(
            HttpServer.InSession(session, """{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"wait"}}"""),
            leave.Token);
        await server.Fake.Entered.Task;
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(calling);
        (await server.SendAsync(HttpServer.InSession(session, List))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Fake.Cancelled.Task.IsCompleted.ShouldBeFalse();
        await server.SendAsync(HttpServer.InSession(session, """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9}}"""));

        await server.Fake.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_batch_is_served_in_the_one_version_that_has_them()
    {
        var batch =
            """[{"jsonrpc":"2.0","id":5,"method":"tools/list"},{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":6,"method":"ping"}]""";
        await using var server = await HttpServer.StartAsync();
        var response = await server.Client.SendAsync(HttpServer.InSession(await server.OpenSessionAsync("2025-03-26"), batch));
        var refused = await server.SendAsync(HttpServer.InSession(await server.OpenSessionAsync("2025-11-25"), batch));

        HttpServer.Messages(await response.Content.ReadAsStringAsync()).Select(m => m.GetProperty("id").GetInt32()).ShouldBe([5, 6]);
        refused.Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refused.Body.Code().ShouldBe(-32600);
    }

    [Fact]
    public async Task An_unknown_method_is_refused_without_repeating_it()
    {
        await using var server = await HttpServer.StartAsync();
        var (_, body) = await server.SendAsync(HttpServer.InSession(
            await server.OpenSessionAsync(),
            """{"jsonrpc":"2.0","id":5,"method":"secret/123-45-6789"}"""));

        body.Code().ShouldBe(-32601);
        body.GetRawText().ShouldNotContain("123-45");
    }

    private static HttpRequestMessage InSession(HttpMethod method, string session)
    {
        var request = new HttpRequestMessage(method, "/mcp");
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Add("Accept", "text/event-stream");
        return request;
    }

    private static HttpRequestMessage As(string user, HttpRequestMessage request)
    {
        request.Headers.Add("X-User", user);
        return request;
    }
}
