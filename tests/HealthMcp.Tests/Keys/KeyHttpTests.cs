using System.Net;
using HealthMcp.Tests.Hosting;

namespace HealthMcp.Tests.Keys;

/// <summary>What a key opens over HTTP, and that whatever does not open answers one and the same nothing.</summary>
public sealed class KeyHttpTests
{
    private const string Reads = "xcures/subjects.read xcures/concepts.read";

    [Fact]
    public async Task A_key_calls_what_it_was_given_and_sees_nothing_else()
    {
        await using var server = await KeyedServer.StartAsync();
        var key = server.NewKey(Reads);

        (await server.ListAsync(key)).ShouldBe(["get_clinical_concepts", "search_subjects"], ignoreOrder: true);
        var found = await server.CallAsync(key, "search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""");
        found.First.GetProperty("id").GetString()!.ShouldStartWith("subj_");
        (await server.AuditAsync()).ShouldContain($"\"key:{server.IdOf(key)}\"");
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_key_the_answer_is_the_same_nothing()
    {
        await using var server = await KeyedServer.StartAsync();
        var (good, expired, revoked) = (server.NewKey(Reads), server.NewKey(Reads, expires: "1h"), server.NewKey(Reads));
        var elsewhere = server.NewKey(Reads, networks: "203.0.113.0/24");
        server.Door.Keys.Revoke(server.IdOf(revoked)).ShouldBeTrue();
        server.Time.Advance(TimeSpan.FromHours(2));
        var upper = good[..^1] + (good[^1] == 'A' ? 'B' : 'A');
        string[] wrong = [expired, revoked, elsewhere, upper, "x", "hmk_", good + "A", good[..^1], new string('a', 5000), "..%2f..", "-", good + "/x"];

        var answers = new List<string>();
        foreach (var key in wrong)
        {
            foreach (var method in new[] { HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete })
            {
                var request = HttpServer.Call("search_subjects");
                request.Method = method;
                if (method != HttpMethod.Post) request.Content = null;
                answers.Add(await RawAsync(await server.SendAsync($"/mcp/r/{key}", request)));
            }
        }

        answers.Distinct(StringComparer.Ordinal).ShouldBe([answers[0]]);
        answers[0].ShouldStartWith("404 ");
        answers[0].ShouldEndWith("body=");
        (await server.ListAsync(good)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.0/8", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.0/8", true)]
    [InlineData("::1", "::1/128", true)]
    [InlineData("2001:db8::7", "2001:db8::/32", true)]
    [InlineData("2001:db9::7", "2001:db8::/32", false)]
    [InlineData("203.0.114.1", "203.0.113.0/24", false)]
    [InlineData("127.0.0.1", "::/0", false)]
    [InlineData("", "0.0.0.0/0", false)]
    [InlineData("", "", true)]
    public async Task The_network_is_that_of_the_sender(string from, string network, bool opens)
    {
        await using var server = await KeyedServer.StartAsync();
        var key = network.Length == 0 ? server.NewKey(Reads) : server.NewKey(Reads, networks: network);
        server.From = from.Length == 0 ? null : IPAddress.Parse(from);
        var request = HttpServer.Modern("tools/list");
        request.Headers.Add("X-Forwarded-For", "127.0.0.1, ::1, 2001:db8::7, 203.0.113.9");

        (await server.SendAsync($"/mcp/r/{key}", request)).StatusCode.ShouldBe(opens ? HttpStatusCode.OK : HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_belongs_to_no_other()
    {
        await using var server = await KeyedServer.StartAsync();
        var (one, other) = (server.NewKey(Reads), server.NewKey(Reads));
        var session = (await server.SendAsync($"/mcp/r/{one}", HttpServer.Post(StdioSession.Initialize))).Headers.GetValues("Mcp-Session-Id").Single();
        const string List = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

        (await server.SendAsync($"/mcp/r/{one}", HttpServer.InSession(session, List))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.SendAsync($"/mcp/r/{other}", HttpServer.InSession(session, List))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync("/mcp", HttpServer.InSession(session, List))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        server.Door.Keys.Revoke(server.IdOf(one));
        (await RawAsync(await server.SendAsync($"/mcp/r/{one}", HttpServer.InSession(session, List)))).ShouldEndWith("body=");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_is_open_is_cut_when_its_key_ends(bool revoked)
    {
        await using var server = await KeyedServer.StartAsync();
        var key = server.NewKey(Reads, expires: "1h");
        var opened = await server.SendAsync($"/mcp/r/{key}", HttpServer.Post(StdioSession.Initialize));
        var listen = HttpServer.InSession(opened.Headers.GetValues("Mcp-Session-Id").Single(), "");
        (listen.Method, listen.Content) = (HttpMethod.Get, null);
        var stream = await server.SendAsync($"/mcp/r/{key}", listen, HttpCompletionOption.ResponseHeadersRead);
        stream.StatusCode.ShouldBe(HttpStatusCode.OK);
        var reading = stream.Content.ReadAsStringAsync();

        server.Time.Advance(TimeSpan.FromSeconds(2));
        reading.IsCompleted.ShouldBeFalse();
        if (revoked) server.Door.Keys.Revoke(server.IdOf(key));
        server.Time.Advance(revoked ? TimeSpan.FromSeconds(1) : TimeSpan.FromHours(1));

        await Should.ThrowAsync<HttpRequestException>(() => reading.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private static async Task<string> RawAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal);
        return $"{(int)response.StatusCode} {string.Join(';', headers.Select(h => $"{h.Key}={string.Join(',', h.Value)}"))} "
            + $"body={await response.Content.ReadAsStringAsync()}";
    }
}
