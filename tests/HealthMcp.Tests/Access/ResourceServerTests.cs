using System.Net;
using System.Text.Json;
using HealthMcp.Tests.Hosting;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Access;

/// <summary>What a protected server does for a caller whose token is good: what it shows, refuses, counts and keeps apart.</summary>
public sealed class ResourceServerTests(ProtectedServer server) : IClassFixture<ProtectedServer>
{
    private const string Marissa = """{"firstName":"Marissa","lastName":"Jones"}""";

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task It_says_what_it_is_and_who_issues_its_tokens(string path)
    {
        var response = await server.Client.GetAsync(path);
        var metadata = JsonElement.Parse(await response.Content.ReadAsStringAsync());

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        metadata.GetProperty("resource").GetString().ShouldBe(FakeIssuer.Resource);
        metadata.GetProperty("authorization_servers").EnumerateArray().Select(a => a.GetString()).ShouldBe([FakeIssuer.Address, FakeIssuer.Other]);
        metadata.GetProperty("bearer_methods_supported").EnumerateArray().Select(a => a.GetString()).ShouldBe(["header"]);
        metadata.GetProperty("scopes_supported").EnumerateArray().Select(s => s.GetString()!)
            .ShouldBe(["drcloud/fhir.read", "phenoml/codes.read", "phenoml/fhir.create", "xcures/concepts.read", "xcures/subjects.read"]);
    }

    [Theory]
    [InlineData("search_subjects", "{}", "", "xcures/subjects.read")]
    [InlineData("record_vitals", "{}", "xcures/subjects.read", "patients/vitals.write")]
    [InlineData("record_vitals", """{"patient_lookup":{}}""", "patients/records.read", "patients/vitals.write patients/records.read")]
    [InlineData("drcloud_fhir_search", """{"type":"Observation"}""", "", "drcloud/fhir.read user/Observation.rs")]
    [InlineData("drcloud_fhir_search", """{"type":"Observation","include_provenance":true}""", "drcloud/fhir.read",
        "drcloud/fhir.read user/Observation.rs user/Provenance.rs")]
    [InlineData("drcloud_fhir_search", """{"type":"Condition"}""", "drcloud/fhir.read patient/Condition.rs", "drcloud/fhir.read user/Condition.rs")]
    [InlineData("drcloud_fhir_search", """{"type":"Condition"}""", "drcloud/fhir.read user/*.c unknown/scope", "drcloud/fhir.read user/Condition.rs")]
    public async Task A_call_beyond_the_token_gets_one_challenge_with_all_that_it_needs(string tool, string arguments, string held, string needed)
    {
        var before = Refusals(tool);
        var (response, body) = await server.CallAsync((server.Tokens with { Scope = held }).Make(), tool, arguments);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var challenge = response.Headers.WwwAuthenticate.ToString();
        challenge.ShouldContain("error=\"insufficient_scope\"");
        challenge.ShouldContain("resource_metadata=\"https://mcp.test/.well-known/oauth-protected-resource/mcp\"");
        challenge.ShouldEndWith($"scope=\"{needed}\"");
        body.GetProperty("id").GetInt32().ShouldBe(1);
        Refusals(tool).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_refusal_is_recorded_with_the_client_as_it_names_itself_and_no_key_in_that_name()
    {
        const string Name = """{"name":"probe hmk_AAAAAAAAAAAAAAAAAAAA","version":"7"}""";
        var meta = StdioSession.Meta.Replace("""{"name":"t","version":"1"}""", Name, StringComparison.Ordinal);
        var named = HttpServer.Modern("tools/call", """ "name":"record_vitals","arguments":{},""", "record_vitals", meta: meta);
        (await server.SendAsync(ProtectedServer.With(server.Tokens.Make(), named))).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var modern = server.Audit().Last(line => line.GetProperty("tool").GetString() == "record_vitals");

        var opened = await server.SendAsync(ProtectedServer.With(server.Tokens.Make(), HttpServer.Post(StdioSession.Initialize)));
        var call = """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"record_vitals","arguments":{}}}""";
        var inSession = HttpServer.InSession(opened.Response.Headers.GetValues("Mcp-Session-Id").Single(), call);
        await server.SendAsync(ProtectedServer.With(server.Tokens.Make(), inSession));
        var session = server.Audit().Last(line => line.GetProperty("tool").GetString() == "record_vitals");

        modern.GetProperty("client").GetString()!.ShouldStartWith("probe");
        modern.GetProperty("client").GetString()!.ShouldNotContain("AAAA");
        modern.GetProperty("client_version").GetString().ShouldBe("7");
        session.GetProperty("client").GetString().ShouldBe("t");
    }

    [Fact]
    public async Task A_prompt_beyond_the_token_gets_the_challenge_and_one_within_is_given()
    {
        var asked = """ "name":"code_a_note","arguments":{"note":"n"},""";
        var token = (server.Tokens with { Scope = "phenoml/codes.read" }).Make();
        var (refused, _) = await server.SendAsync(ProtectedServer.With(token, HttpServer.Modern("prompts/get", asked, "code_a_note")));
        var wider = (server.Tokens with { Scope = "phenoml/codes.read phenoml/fhir.create" }).Make();
        var (_, given) = await server.SendAsync(ProtectedServer.With(wider, HttpServer.Modern("prompts/get", asked, "code_a_note")));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        refused.Headers.WwwAuthenticate.ToString().ShouldEndWith("scope=\"phenoml/codes.read phenoml/fhir.create\"");
        Refusals("prompt:code_a_note").ShouldBe(1);
        given.GetProperty("result").GetProperty("messages").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Lists_show_what_could_be_obtained_in_a_stable_order_and_for_this_caller_only()
    {
        var (_, first) = await server.ListAsync((server.Tokens with { Scope = "" }).Make());
        var (_, second) = await server.ListAsync((server.Tokens with { Scope = "phi/identified", Subject = "bob" }).Make());
        var (_, prompts) = await server.SendAsync(ProtectedServer.With((server.Tokens with { Scope = "" }).Make(), HttpServer.Modern("prompts/list")));

        Names(first, "tools").ShouldBe(server.World.App.Tools.On.Select(tool => tool.Name));
        Names(second, "tools").ShouldBe(Names(first, "tools"));
        Names(prompts, "prompts").Count.ShouldBe(4);
        foreach (var list in new[] { first, prompts }) list.GetProperty("result").GetProperty("cacheScope").GetString().ShouldBe("private");
    }

    [Fact]
    public async Task No_token_of_a_caller_reaches_a_system_and_none_is_written_down()
    {
        var token = (server.Tokens with { Subject = "carol" }).Make();
        var (_, body) = await server.CallAsync(token, "search_subjects", Marissa);

        body.GetProperty("result").GetProperty("structuredContent").GetProperty("data").GetArrayLength().ShouldBe(1);
        var sent = server.World.Sandbox.Journal.Entries;
        sent.ShouldNotBeEmpty();
        foreach (var part in token.Split('.'))
        {
            sent.ShouldNotContain(entry => entry.Headers.Values.Any(value => value.Contains(part, StringComparison.Ordinal)));
            server.World.Log.Text.ShouldNotContain(part);
            foreach (var file in Directory.EnumerateFiles(server.World.DataDirectory)) (await File.ReadAllTextAsync(file)).ShouldNotContain(part);
        }
    }

    [Fact]
    public async Task A_caller_is_known_by_a_hash_that_differs_by_subject_and_by_issuer()
    {
        var dora = server.Tokens with { Subject = "dora@clinic.test" };
        var elsewhere = dora with { Issuer = FakeIssuer.Other, Key = TestKey.Next };
        foreach (var tokens in new[] { dora, elsewhere, dora with { Scope = "xcures/subjects.read phi/limited" } })
        {
            await server.CallAsync(tokens.Make(), "search_subjects", Marissa);
        }

        var callers = server.Audit().TakeLast(3).Select(line => line.GetProperty("caller").GetString()!).ToList();

        callers.ShouldAllBe(caller => caller.StartsWith("oauth:", StringComparison.Ordinal) && caller.Length == 38);
        callers[0].ShouldNotBe(callers[1]);
        callers[2].ShouldBe(callers[0]);
        server.Audit().Select(line => line.GetRawText()).ShouldNotContain(line => line.Contains("dora", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_belongs_to_its_caller_through_renewed_tokens_and_to_no_one_else()
    {
        var opened = await server.SendAsync(ProtectedServer.With(server.Tokens.Make(), HttpServer.Post(StdioSession.Initialize)));
        var session = opened.Response.Headers.GetValues("Mcp-Session-Id").Single();
        var list = """{"jsonrpc":"2.0","id":5,"method":"tools/list"}""";

        async Task<HttpStatusCode> AsAsync(TokenMaker tokens) =>
            (await server.SendAsync(ProtectedServer.With(tokens.Make(), HttpServer.InSession(session, list)))).Response.StatusCode;

        (await AsAsync(server.Tokens with { Scope = "xcures/concepts.read", Claims = c => c["jti"] = "renewed" })).ShouldBe(HttpStatusCode.OK);
        (await AsAsync(server.Tokens with { Subject = "mallory" })).ShouldBe(HttpStatusCode.NotFound);
        (await AsAsync(server.Tokens with { Issuer = FakeIssuer.Other, Key = TestKey.Next })).ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync(HttpServer.InSession(session, list))).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task In_a_session_each_call_counts_with_its_own_token()
    {
        var opened = await server.SendAsync(ProtectedServer.With(server.Tokens.Make(), HttpServer.Post(StdioSession.Initialize)));
        var session = opened.Response.Headers.GetValues("Mcp-Session-Id").Single();
        var call = $$$"""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"search_subjects","arguments":{{{Marissa}}}}}""";

        var (narrow, _) = await server.SendAsync(ProtectedServer.With((server.Tokens with { Scope = "" }).Make(), HttpServer.InSession(session, call)));
        var (_, wide) = await server.SendAsync(ProtectedServer.With(server.Tokens.Make(), HttpServer.InSession(session, call)));

        narrow.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        wide.GetProperty("result").GetProperty("structuredContent").GetProperty("page").GetProperty("returned").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("mcp.test", null, HttpStatusCode.OK)]
    [InlineData("mcp.test", "https://mcp.test", HttpStatusCode.OK)]
    [InlineData("evil.test", null, HttpStatusCode.Forbidden)]
    [InlineData("mcp.test", "https://evil.test", HttpStatusCode.Forbidden)]
    public async Task A_good_token_does_not_excuse_a_foreign_host_or_page(string host, string? origin, HttpStatusCode status)
    {
        var request = ProtectedServer.With(server.Tokens.Make(), HttpServer.Modern("tools/list"));
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);

        (await server.SendAsync(request)).Response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Streams_and_sessions_ask_for_a_token_too(string method)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), "/mcp") { Headers = { { "Accept", "text/event-stream" }, { "Mcp-Session-Id", "any" } } };

        (await server.SendAsync(request)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_cursor_of_one_caller_is_nothing_to_another()
    {
        var (_, page) = await server.CallAsync(server.Tokens.Make(), "search_subjects", """{"max_bytes":1024}""");
        var cursor = page.GetProperty("result").GetProperty("structuredContent").GetProperty("page").GetProperty("cursor").GetString();
        var next = $$"""{"max_bytes":1024,"cursor":"{{cursor}}"}""";

        var (_, foreign) = await server.CallAsync((server.Tokens with { Subject = "mallory" }).Make(), "search_subjects", next);
        var (_, own) = await server.CallAsync(server.Tokens.Make(), "search_subjects", next);
        foreign.GetRawText().ShouldContain("invalid_cursor");
        own.GetProperty("result").GetProperty("isError").GetBoolean().ShouldBeFalse();
    }

    private int Refusals(string tool) => !File.Exists(Path.Combine(server.World.DataDirectory, "audit.jsonl"))
        ? 0
        : server.Audit().Count(line => line.GetProperty("tool").GetString() == tool && line.GetProperty("outcome").GetString() == "insufficient_scope");

    private static IReadOnlyList<string> Names(JsonElement body, string what) =>
        [.. body.GetProperty("result").GetProperty(what).EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];
}
