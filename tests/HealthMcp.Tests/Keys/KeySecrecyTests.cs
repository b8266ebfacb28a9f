using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Net;
using HealthMcp.Access;
using HealthMcp.Tests.Hosting;

namespace HealthMcp.Tests.Keys;

/// <summary>The key is nowhere but in the URL that its holder sends.</summary>
public sealed class KeySecrecyTests
{
    private const string Scopes = "xcures/subjects.read xcures/concepts.read phenoml/codes.read phenoml/fhir.create";

    [Fact]
    public async Task Neither_log_nor_audit_nor_trace_nor_event_holds_the_key()
    {
        using var observed = new Observers();
        await using var server = await KeyedServer.StartAsync();
        var (key, dead) = (server.NewKey(Scopes), server.NewKey(Scopes));
        server.Door.Keys.Revoke(server.IdOf(dead));

        (await server.CallAsync(key, "search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).IsError.ShouldBeFalse();
        await server.SendAsync($"/mcp/r/{dead}", HttpServer.Call("search_subjects"));
        await server.SendAsync($"/MCP/R/{key}/", HttpServer.Post("not json"));
        await server.SendAsync($"/mcp/r/{key}/deeper/{key}?again={key}", HttpServer.Call("search_subjects"));
        await server.SendAsync($"/mcp/r/{key}", HttpServer.Modern("no/such/method"));
        (await server.SendAsync($"/mcp/../mcp/r/%68{key[1..]}?{key}", HttpServer.Modern("tools/list"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        observed.Seen.ShouldNotBeEmpty();
        observed.Seen.ShouldContain(line => line.Contains("/mcp/r/-", StringComparison.Ordinal));
        string[] places =
        [
            .. observed.Seen, .. server.Log.Lines, server.World.Log.Text, await server.AuditAsync(),
            .. Directory.GetFiles(server.World.DataDirectory, "*", SearchOption.AllDirectories).Select(File.ReadAllText),
        ];
        foreach (var secret in new[] { key[4..], dead[4..] })
        {
            places.Where(place => place.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_fault_while_the_key_is_checked_tells_nothing_of_it()
    {
        await using var server = await KeyedServer.StartAsync();
        var key = server.NewKey(Scopes);
        await File.WriteAllTextAsync(Path.Combine(server.World.DataDirectory, "keys.json"), "damaged");

        var answer = await server.SendAsync($"/mcp/r/{key}", HttpServer.Call("search_subjects"));

        (answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.NotFound, ""));
        server.Log.Lines.ShouldContain(line => line.Contains("cannot be read", StringComparison.Ordinal));
        string.Join('\n', server.Log.Lines).ShouldNotContain(key[4..]);
    }

    [Theory]
    [InlineData("phenoml text")]
    [InlineData("argument name")]
    [InlineData("tool name")]
    public async Task What_gives_the_url_back_gives_it_back_without_the_key(string how)
    {
        await using var server = await KeyedServer.StartAsync(("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "operations"));
        var key = server.NewKey(Scopes, "identified");
        var url = $"https://mcp.example.org/mcp/r/{key}";
        var request = how switch
        {
            "phenoml text" => HttpServer.Call("extract_codes", $$$"""{"text":"asthma {{{url}}} asthma","system":{"name":"ICD-10-CM"}}"""),
            "argument name" => HttpServer.Call("search_subjects", $$"""{"{{url}}":1}"""),
            _ => HttpServer.Modern("tools/call", $$"""{"name":"{{key}}","arguments":{},"""[1..], key),
        };

        var text = await (await server.SendAsync($"/mcp/r/{key}", request)).Content.ReadAsStringAsync();

        text.ShouldNotBeEmpty();
        text.ShouldNotContain(key[4..]);
    }

    [Theory]
    [InlineData("https://a.example/mcp/r/{0}", "https://a.example/mcp/r/(key-withheld)")]
    [InlineData("x /mcp/r/{0}\" y", "x /mcp/r/(key-withheld)\" y")]
    [InlineData(@"\/mcp\/r\/{0}", @"\/mcp\/r\/(key-withheld)")]
    [InlineData(@"\\/mcp\\/r\\/{0}", @"\\/mcp\\/r\\/(key-withheld)")]
    [InlineData("%2Fmcp%2fr%2F{0}&", "%2Fmcp%2fr%2F(key-withheld)&")]
    [InlineData("%252Fmcp%252Fr%252F{0}", "%252Fmcp%252Fr%252F(key-withheld)")]
    [InlineData(@"\u002fMCP\u002Fr\u002f{0}", @"\u002fMCP\u002Fr\u002f(key-withheld)")]
    [InlineData("&#x2F;mcp&#x2F;r&#47;{0}", "&#x2F;mcp&#x2F;r&#47;(key-withheld)")]
    [InlineData("the key is {0}.", "the key is (key-withheld).")]
    [InlineData("{0}", "(key-withheld)")]
    [InlineData("mm{0}", "mm(key-withheld)")]
    [InlineData("some more names, h, m, hm, mc and MCP. {0}", "some more names, h, m, hm, mc and MCP. (key-withheld)")]
    [InlineData("mmcp/r/0123456789", "mmcp/r/(key-withheld)")]
    [InlineData("ends in an m", "ends in an m")]
    [InlineData("/mcp/r/short", "/mcp/r/short")]
    [InlineData("/mcp/readme-of-something", "/mcp/readme-of-something")]
    [InlineData("no key at all", "no key at all")]
    public void Every_spelling_is_masked_and_nothing_else(string text, string shown)
    {
        const string Key = "hmk_0123456789abcdefghijABCDEFGHIJ0123456789-_a";
        var given = text.Replace("{0}", Key, StringComparison.Ordinal);

        KeyMask.Apply(given).ShouldBe(shown);
        System.Text.Encoding.UTF8.GetString(KeyMask.Apply(System.Text.Encoding.UTF8.GetBytes(given)).Span).ShouldBe(shown);
    }

    /// <summary>Everything in the process that can watch a request, switched on and written down as a careless exporter would.</summary>
    private sealed class Observers : IDisposable
    {
        private readonly ActivityListener _activities;
        private readonly Events _events;
        private readonly IDisposable _diagnostics;

        public Observers()
        {
            _events = new Events(Seen);
            _activities = new ActivityListener
            {

                // What the client of this test sends with has its own source; a server has no hand in that.
                ShouldListenTo = source => !source.Name.Contains("System.Net", StringComparison.Ordinal),
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => Seen.Add(
                    $"{activity.OperationName} {activity.DisplayName} {string.Join(';', activity.TagObjects.Select(t => $"{t.Key}={t.Value}"))} "
                        + string.Join(';', activity.Events.SelectMany(e => e.Tags).Select(t => $"{t.Key}={t.Value}"))),
            };
            ActivitySource.AddActivityListener(_activities);
            _diagnostics = DiagnosticListener.AllListeners.Subscribe(new Diagnostics(Seen));
        }

        public ConcurrentBag<string> Seen { get; } = [];

        public void Dispose()
        {
            _activities.Dispose();
            _events.Dispose();
            _diagnostics.Dispose();
        }
    }

    private sealed class Events(ConcurrentBag<string> seen) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            // The web server's own source reads the bytes of the connection, before any program can hide a part of them.
            if (eventSource.Name is "Microsoft.AspNetCore.Hosting") EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            seen?.Add($"{eventData.EventName} {string.Join(';', eventData.Payload?.Select(p => $"{p}") ?? [])}");
    }

    private sealed class Diagnostics(ConcurrentBag<string> seen) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.AspNetCore") value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is Microsoft.AspNetCore.Http.HttpContext http)
            {
                var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget;
                seen.Add($"{value.Key} {http.Request.Path}{http.Request.QueryString} {target}");
            }
        }
    }
}
