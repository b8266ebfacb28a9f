using System.Net;
using HealthMcp.Tests.Hosting;

namespace HealthMcp.Tests.Access;

/// <summary>Registration keys at the server that serving builds: with live systems and no issuer, behind a proxy, and held to a rate.</summary>
public sealed class KeysAloneTests
{
    private const string Reads = "patients/records.read patients/vitals.write";

    private static readonly (string, string)[] Live =
    [
        ("HEALTHMCP_AUTH_ISSUERS", ""), ("PATIENTS_BASE_URL", "https://p.example"), ("PATIENTS_ORG_ID", "org"), ("PATIENTS_API_TOKEN", "t"),
        ("HEALTHMCP_SCOPES", Reads),
    ];

    [Fact]
    public async Task With_live_systems_and_no_issuer_only_a_key_opens()
    {
        await using var server = await ProtectedServer.StartAsync(Live);
        foreach (var method in new[] { "POST", "GET", "DELETE" })
        {
            foreach (var token in new[] { null, server.Tokens.Make() })
            {
                var request = HttpServer.Modern("tools/list");
                request.Method = new HttpMethod(method);
                var (response, _) = await server.SendAsync(token is null ? request : ProtectedServer.With(token, request));
                response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
                response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
            }
        }

        (await server.Client.GetAsync("/.well-known/oauth-protected-resource")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var (opened, body) = await server.WithKeyAsync(server.Keys.Make(Reads), HttpServer.Modern("tools/list"));
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("result").GetProperty("tools").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("record_vitals");
    }

    [Theory]
    [InlineData("203.0.113.9", "https", HttpStatusCode.OK)]
    [InlineData("198.51.100.1", "https", HttpStatusCode.NotFound)]
    [InlineData("203.0.113.9, 198.51.100.1", "https", HttpStatusCode.NotFound)]
    [InlineData("203.0.113.9", "http", HttpStatusCode.NotFound)]
    [InlineData("203.0.113.9", null, HttpStatusCode.NotFound)]
    public async Task Behind_a_declared_proxy_the_network_is_the_clients_and_the_way_must_be_private(string from, string? scheme, HttpStatusCode status)
    {
        await using var server = await ProtectedServer.StartAsync([.. Live, ("HEALTHMCP_PROXY", "127.0.0.0/8 ::1/128")]);
        var key = server.Keys.Make(Reads, networks: "203.0.113.0/24");
        var request = HttpServer.Modern("tools/list");
        request.Headers.Add("X-Forwarded-For", from);
        if (scheme is not null) request.Headers.Add("X-Forwarded-Proto", scheme);

        (await server.WithKeyAsync(key, request)).Response.StatusCode.ShouldBe(status);
        var warned = server.World.Log.Text.Contains($"Key {server.Keys.IdOf(key)} came over plain http", StringComparison.Ordinal);
        warned.ShouldBe(scheme != "https");
        server.World.Log.Text.ShouldNotContain(key);
    }

    [Fact]
    public async Task Made_up_patients_may_travel_in_plain_http()
    {
        await using var server = await ProtectedServer.StartAsync(("HEALTHMCP_AUTH_ISSUERS", ""), ("HEALTHMCP_PROXY", "127.0.0.0/8 ::1/128"));
        var request = HttpServer.Modern("tools/list");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");

        (await server.WithKeyAsync(server.Keys.Make("xcures/subjects.read"), request)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Each_key_may_ask_so_often()
    {
        await using var server = await ProtectedServer.StartAsync(("HEALTHMCP_RATE_LIMIT", "2"));
        var (one, other) = (server.Keys.Make("xcures/subjects.read"), server.Keys.Make("xcures/subjects.read"));
        async Task<HttpResponseMessage> AskAsync(string key) => (await server.WithKeyAsync(key, HttpServer.Modern("tools/list"))).Response;

        (await AskAsync(one)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(one)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var late = await AskAsync(one);
        late.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        late.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        (await AskAsync(other)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Time.Advance(TimeSpan.FromSeconds(30));
        (await AskAsync(one)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
