using System.Globalization;
using System.Net;
using HealthMcp.Tests.Hosting;

namespace HealthMcp.Tests.Access;

/// <summary>What depends on a setting of sign-in, each with a server of its own.</summary>
public sealed class ProtectedSettingsTests
{
    private const string Marissa = """{"firstName":"Marissa","lastName":"Jones"}""";

    [Fact]
    public async Task A_caller_who_asks_too_often_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        await using var held = new Held(await ProtectedServer.StartAsync(("HEALTHMCP_RATE_LIMIT", "3")));
        var server = held.Server;
        for (var i = 0; i < 3; i++) (await server.ListAsync(server.Tokens.Make())).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (refused, body) = await server.ListAsync(server.Tokens.Make());

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(20));
        body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("Retry-After");
        (await server.ListAsync((server.Tokens with { Subject = "bob" }).Make())).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Time.Advance(TimeSpan.FromSeconds(20));
        (await server.ListAsync(server.Tokens.Make())).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task When_the_issuer_cannot_be_reached_nobody_comes_in_and_nobody_is_sent_to_sign_in_anew()
    {
        await using var held = new Held(await ProtectedServer.StartAsync());
        held.Server.Issuer.Down = true;
        var (response, _) = await held.Server.ListAsync(held.Server.Tokens.Make());

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        response.Headers.WwwAuthenticate.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "", "deidentified")]
    [InlineData("", "phi/identified", "deidentified")]
    [InlineData("HEALTHMCP_PRIVACY=limited", "", "deidentified")]
    [InlineData("HEALTHMCP_PRIVACY=limited", "phi/limited", "limited")]
    [InlineData("HEALTHMCP_PRIVACY=limited", "phi/identified", "limited")]
    [InlineData("HEALTHMCP_PRIVACY=identified HEALTHMCP_PURPOSE=treatment", "", "deidentified")]
    [InlineData("HEALTHMCP_PRIVACY=identified HEALTHMCP_PURPOSE=treatment", "phi/limited", "limited")]
    [InlineData("HEALTHMCP_PRIVACY=identified HEALTHMCP_PURPOSE=treatment", "phi/identified", "identified")]
    public async Task The_level_is_each_callers_own_and_never_above_the_servers(string settings, string scope, string level)
    {
        var given = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')).Select(s => (s[0], s[1]));
        await using var held = new Held(await ProtectedServer.StartAsync([.. given]));
        var (_, body) = await held.Server.CallAsync((held.Server.Tokens with { Scope = $"xcures/subjects.read {scope}" }).Make(), "search_subjects", Marissa);

        body.GetProperty("result").GetProperty("structuredContent").GetProperty("privacy").GetProperty("level").GetString().ShouldBe(level);
    }

    [Theory]
    [InlineData("tenant=clinic", "clinic", 200)]
    [InlineData("tenant=clinic", "other", 401)]
    [InlineData("tenant=clinic", null, 401)]
    [InlineData("tenant", "any", 200)]
    [InlineData("tenant", null, 401)]
    public async Task A_claim_that_is_required_must_be_there(string required, string? value, int status)
    {
        await using var held = new Held(await ProtectedServer.StartAsync(("HEALTHMCP_AUTH_REQUIRED_CLAIMS", required)));
        var token = (held.Server.Tokens with { Claims = c => c["tenant"] = value }).Make();

        ((int)(await held.Server.ListAsync(token)).Response.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("0", 0, 401)]
    [InlineData("0", 1, 200)]
    [InlineData("120", -119, 200)]
    [InlineData("120", -120, 401)]
    public async Task The_skew_is_the_one_that_is_set(string skew, int expires, int status)
    {
        await using var held = new Held(await ProtectedServer.StartAsync(("HEALTHMCP_AUTH_CLOCK_SKEW", skew)));
        var seconds = held.Server.Time.GetUtcNow().ToUnixTimeSeconds() + expires;
        var token = (held.Server.Tokens with { Claims = c => c["exp"] = seconds }).Make();

        ((int)(await held.Server.ListAsync(token)).Response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task An_audience_that_is_set_counts_beside_the_address()
    {
        await using var held = new Held(await ProtectedServer.StartAsync(("HEALTHMCP_AUTH_AUDIENCE", "api://healthmcp")));
        foreach (var audience in new[] { "api://healthmcp", FakeIssuer.Resource })
        {
            var token = (held.Server.Tokens with { Claims = c => c["aud"] = audience }).Make();
            (await held.Server.ListAsync(token)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("127.0.0.0/8", "https", 200)]
    [InlineData("127.0.0.0/8", "http", 403)]
    [InlineData("10.0.0.0/8", "http", 200)]
    public async Task What_a_proxy_says_of_its_client_counts_only_from_a_declared_network(string network, string scheme, int status)
    {
        await using var held = new Held(await ProtectedServer.StartAsync(("HEALTHMCP_PROXY", network)));
        var request = ProtectedServer.With(held.Server.Tokens.Make(), HttpServer.Modern("tools/list"));
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        request.Headers.Add("X-Forwarded-Proto", scheme);

        // From 10.0.0.0/8 nothing comes here: the header is the client's own, and this machine is all there is.
        ((int)(await held.Server.SendAsync(request)).Response.StatusCode).ShouldBe(status, status.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("https://mcp.test/mcp/")]
    [InlineData("https://mcp.test/MCP")]
    [InlineData("https://mcp.test/clinic/mcp")]
    public async Task What_it_says_of_itself_is_found_however_its_address_is_written(string address)
    {
        await using var held = new Held(await ProtectedServer.StartAsync(("HEALTHMCP_PUBLIC_URL", address)));
        var places = new[] { "", "/mcp", new Uri(address).AbsolutePath }.Select(path => $"/.well-known/oauth-protected-resource{path}");

        foreach (var place in places) (await held.Server.Client.GetAsync(place)).StatusCode.ShouldBe(HttpStatusCode.OK, place);
    }

    private sealed class Held(ProtectedServer server) : IAsyncDisposable
    {
        public ProtectedServer Server => server;

        public async ValueTask DisposeAsync() => await server.DisposeAsync();
    }
}
