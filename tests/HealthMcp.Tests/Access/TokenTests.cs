using System.Net;
using HealthMcp.Tests.Hosting;

namespace HealthMcp.Tests.Access;

/// <summary>The table of requests against the whole program.</summary>
public sealed class TokenTests(ProtectedServer server) : IClassFixture<ProtectedServer>
{
    private const string Challenge = "Bearer resource_metadata=\"https://mcp.test/.well-known/oauth-protected-resource/mcp\"";

    public static TheoryData<string> Names => [.. RequestTable.Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_request_gets_what_it_must(string name)
    {
        var given = RequestTable.Cases[name];
        var request = HttpServer.Modern("tools/list");
        given.Sends(server.Tokens)(request);
        var sent = string.Join(' ', request.Headers.TryGetValues("Authorization", out var values) ? values : []);

        var (response, body) = await server.SendAsync(request);

        response.StatusCode.ShouldBe(given.Status);
        if (given.Status == HttpStatusCode.OK) body.GetProperty("result").GetProperty("tools").GetArrayLength().ShouldBeGreaterThan(0);
        else Refused(response, given.Error, body.GetRawText());
        foreach (var part in sent.Split('.', ' ').Where(part => part.Length > 40)) server.World.Log.Text.ShouldNotContain(part);
        server.Issuer.Asked.ShouldNotContain(address => address.Contains("evil.test", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_holds_at_least_forty_hostile_cases() => RequestTable.Cases.Values.Count(c => c.Status != HttpStatusCode.OK).ShouldBeGreaterThan(40);

    private static void Refused(HttpResponseMessage response, string? error, string body)
    {
        var challenge = response.Headers.WwwAuthenticate.ToString();
        challenge.ShouldStartWith(Challenge);
        challenge.ShouldContain("scope=\"drcloud/fhir.read ");
        challenge.ShouldNotContain("phi/");
        challenge.ShouldNotContain(".write");
        if (error is null) challenge.ShouldNotContain("error");
        else challenge.ShouldContain($"error=\"{error}\"");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        body.ShouldNotContain("alice");
    }
}
