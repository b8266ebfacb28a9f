using System.Net;
using HealthMcp.Hosting;

namespace HealthMcp.Tests.Hosting;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task A_caller_without_proof_gets_the_challenge_before_the_body_is_read()
    {
        await using var server = await HttpServer.StartAsync(hooks: new() { Authenticate = _ => new(AuthenticationOutcome.Refuse(401, "Bearer scope=\"x\"")) });
        var (response, body) = await server.SendAsync(HttpServer.Post("not json"));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer scope=\"x\"");
        body.Code().ShouldBe(-32000);
    }

    [Fact]
    public async Task A_body_of_the_authentication_is_passed_on()
    {
        await using var server = await HttpServer.StartAsync(hooks: new()
        {
            Authenticate = _ => new(AuthenticationOutcome.Refuse(403, body: """{"error":"insufficient_scope"}""")),
        });
        var (response, body) = await server.SendAsync(HttpServer.Call("echo"));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        body.GetProperty("error").GetString().ShouldBe("insufficient_scope");
    }

    [Fact]
    public async Task The_authorization_of_a_request_knows_the_caller_and_the_tool()
    {
        await using var server = await HttpServer.StartAsync(hooks: new()
        {
            Authenticate = _ => new(AuthenticationOutcome.Allow(FakeServer.User("alice"))),
            Authorize = asked => new(asked.User?.FindFirst("sub")?.Value == "alice" && asked.Request.Params?["name"]?.GetValue<string>() == "echo"
                ? AuthenticationOutcome.Refuse(403, "Bearer error=\"insufficient_scope\"")
                : null),
        });

        (await server.SendAsync(HttpServer.Call("echo"))).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await server.SendAsync(HttpServer.Call("whoami"))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_keyed_path_serves_the_same_and_hands_its_key_to_the_authentication()
    {
        await using var server = await HttpServer.StartAsync(
            new HttpHostOptions { KeyedPath = "/mcp/r/{key}" },
            new()
            {
                Authenticate = context => new(PresentedKey.Of(context) is "good"
                    ? AuthenticationOutcome.Allow(FakeServer.User("key"))
                    : AuthenticationOutcome.Refuse(404)),
            });

        (await server.SendAsync(To("/mcp/r/good"))).Body.Text().ShouldStartWith("key ");
        (await server.SendAsync(To("/mcp/r/bad"))).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync(To("/mcp"))).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_fault_outside_any_handler_tells_nothing_to_the_caller_and_only_its_kind_to_the_log()
    {
        var log = new ListLoggers();
        await using var server = await HttpServer.StartAsync(
            hooks: new() { Authenticate = _ => throw new InvalidOperationException("123-45-6789") },
            loggers: log);
        var (response, body) = await server.SendAsync(HttpServer.Call("echo"));

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        body.GetRawText().ShouldNotContain("123-45");
        log.Lines.ShouldContain(line => line.Contains("InvalidOperationException", StringComparison.Ordinal));
        log.Lines.ShouldNotContain(line => line.Contains("123-45", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_a_client_sends_or_a_tool_throws_gets_into_the_log()
    {
        var log = new ListLoggers();
        await using var server = await HttpServer.StartAsync(new HttpHostOptions { KeyedPath = "/mcp/r/{key}" }, loggers: log);
        await server.SendAsync(To("/mcp/r/123-45-6789"));
        await server.SendAsync(HttpServer.Call("123-45-6789"));
        await server.SendAsync(HttpServer.Modern("secret/123-45-6789"));
        await server.SendAsync(HttpServer.Post("123-45-6789"));

        log.Lines.ShouldNotContain(line => line.Contains("123-45", StringComparison.Ordinal));
    }

    private static HttpRequestMessage To(string path)
    {
        var request = HttpServer.Call("whoami");
        request.RequestUri = new Uri(path, UriKind.Relative);
        return request;
    }
}
