using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HealthMcp.Tests.HouseRules;

namespace HealthMcp.Tests.Access;

/// <summary>The tables of requests against the whole program, and what they get written down for people in requests.md.</summary>
public sealed class TokenTests(ProtectedServer server) : IClassFixture<ProtectedServer>
{
    private const string Challenge = "Bearer resource_metadata=\"https://mcp.test/.well-known/oauth-protected-resource/mcp\"";
    private const string First = "drcloud/fhir.read phenoml/codes.read phenoml/fhir.create xcures/concepts.read xcures/subjects.read";

    private static readonly Dictionary<string, RequestCase> Cases =
        new(RequestTable.Cases.Concat(KeyRequestTable.Cases), StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_request_gets_what_it_must(string name)
    {
        var (given, request) = Ask(name);
        var secrets = $"{request.RequestUri} {string.Join(' ', request.Headers.TryGetValues("Authorization", out var values) ? values : [])}";

        var (response, body) = await server.SendAsync(request);

        response.StatusCode.ShouldBe(given.Status);
        if (given.Status == HttpStatusCode.NotFound) (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
        else if (given.Status != HttpStatusCode.OK) Refused(response, given, body.GetRawText());
        else body.GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Object);
        foreach (var part in secrets.Split('.', ' ', '/', '=').Where(part => part.Length > 40)) server.World.Log.Text.ShouldNotContain(part);
        server.Issuer.Asked.ShouldNotContain(address => address.Contains("evil.test", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_holds_at_least_forty_hostile_cases() => Cases.Values.Count(c => c.Status != HttpStatusCode.OK).ShouldBeGreaterThan(40);

    /// <summary>The client of the platform joins two headers to one line, which other clients and attackers need not.</summary>
    [Fact]
    public async Task Two_authorization_headers_on_two_lines_are_refused_too()
    {
        var header = $"Authorization: Bearer {server.Tokens.Make()}\r\n";
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /mcp HTTP/1.1\r\nHost: mcp.test\r\n{header}{header}Connection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);

        var answer = await reader.ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("There are several Authorization headers: send one.");
        answer.ShouldContain("error=\"invalid_request\"");
    }

    [Fact]
    public async Task What_each_request_gets_is_written_down()
    {
        var table = new StringBuilder($"""
            # What requests get

            Written by TokenTests from real answers. Every challenge begins with `{Challenge}`;
            *first* stands for the scopes of a first sign-in, `{First}`.

            | request | status | challenge | answer |
            |---|---|---|---|

            """);
        foreach (var name in Cases.Keys)
        {
            var (response, body) = await server.SendAsync(Ask(name).Request);
            var challenge = response.Headers.WwwAuthenticate.ToString();
            table.Append($"| {name} | {(int)response.StatusCode} | {Short(challenge)} | {Says(body)} |\n");
        }

        var path = Path.Combine(Repository.Root, "tests", "HealthMcp.Tests", "Access", "requests.md");
        if (Environment.GetEnvironmentVariable("HEALTHMCP_UPDATE_SNAPSHOTS") == "1") await File.WriteAllTextAsync(path, table.ToString());
        table.ToString().ShouldBe(await File.ReadAllTextAsync(path), "run the tests once with HEALTHMCP_UPDATE_SNAPSHOTS=1 and look at the difference");
    }

    private (RequestCase Case, HttpRequestMessage Request) Ask(string name)
    {
        var given = Cases[name];
        var request = given.Asks();
        given.Sends(server.Tokens, server.Keys)(request);
        return (given, request);
    }

    private static string Short(string challenge)
    {
        var rest = challenge.Replace(Challenge, "", StringComparison.Ordinal).Replace(First, "first", StringComparison.Ordinal).TrimStart(',', ' ');
        return rest.Length == 0 ? "" : $"`{rest}`";
    }

    private static string Says(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Undefined) return "nothing";
        if (body.TryGetProperty("error", out var error)) return error.GetProperty("message").GetString()!;
        var result = body.GetProperty("result");
        return result.TryGetProperty("tools", out _)
            ? "the list"
            : $"refused as the tool's answer: {result.GetProperty("structuredContent").GetProperty("error").GetProperty("code").GetString()}";
    }

    private static void Refused(HttpResponseMessage response, RequestCase given, string body)
    {
        var challenge = response.Headers.WwwAuthenticate.ToString();
        challenge.ShouldStartWith(Challenge);
        if (given.Status != HttpStatusCode.Forbidden) challenge.ShouldEndWith($"scope=\"{First}\"");
        if (given.Error is null) challenge.ShouldNotContain("error");
        else challenge.ShouldContain($"error=\"{given.Error}\"");
        challenge.ShouldNotContain("phi/");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        body.ShouldNotContain("alice");
    }
}
