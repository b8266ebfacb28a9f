using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>Signing in and finding the project.</summary>
public sealed class XCuresConnectionTests
{
    private const string Projects = $"{XCuresHarness.Registry}/project";

    [Fact]
    public async Task The_token_is_asked_for_with_a_json_body_once_for_many_calls()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RunAsync<UpstreamResult>(xcures.Search, "{}"))));

        var sent = xcures.Upstream.To("/oauth/token").ShouldHaveSingleItem();
        sent.Headers["Content-Type"].ShouldBe("application/json");
        sent.Headers.ContainsKey("ProjectId").ShouldBeFalse();
        using var body = JsonDocument.Parse(sent.Body);
        body.RootElement.GetProperty("client_id").GetString().ShouldBe("0f8fad5b-d9cb-469f-a165-70867728950e");
        body.RootElement.GetProperty("client_secret").GetString().ShouldBe("s3cret");
        body.RootElement.GetProperty("grant_type").GetString().ShouldBe("client_credentials");
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_and_then_the_refusal_stands()
    {
        var xcures = new XCuresHarness(scriptToken: false);
        var tokens = 0;
        xcures.Upstream.On("POST", "/oauth/token", _ => ScriptedUpstream.Json($$"""{"access_token":"t-{{++tokens}}","token_type":"Bearer"}"""));
        xcures.Upstream.On("GET", XCuresHarness.Subjects, _ => ScriptedUpstream.Json("{}", 401));

        (await FailAsync(xcures.Search, "{}")).Code.ShouldBe(FailureCodes.UpstreamUnauthorized);

        tokens.ShouldBe(2);
        xcures.Upstream.To(XCuresHarness.Subjects).Select(request => request.Headers["Authorization"]).ShouldBe(["Bearer t-1", "Bearer t-2"]);
    }

    [Fact]
    public async Task A_jwt_is_renewed_before_it_expires()
    {
        var xcures = new XCuresHarness(scriptToken: false);
        var tokens = 0;
        xcures.Upstream.On(
            "POST",
            "/oauth/token",
            _ => ScriptedUpstream.Json($$"""{"access_token":"{{Jwt(xcures.Time.GetUtcNow().AddMinutes(5), ++tokens)}}","token_type":"Bearer"}"""));
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        await RunAsync<UpstreamResult>(xcures.Search, "{}");
        xcures.Time.Advance(TimeSpan.FromMinutes(4));
        await RunAsync<UpstreamResult>(xcures.Search, "{}");
        tokens.ShouldBe(1);
        xcures.Time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync<UpstreamResult>(xcures.Search, "{}");

        tokens.ShouldBe(2);
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("a.!!.c")]
    [InlineData("e30.e30.x")]
    [InlineData("e30.W10.x")]
    [InlineData("e30.eyJleHAiOjk5OTk5OTk5OTk5OTk5OTk5fQ.x")]
    public async Task A_token_without_a_readable_expiry_is_used_until_it_is_refused(string token)
    {
        var xcures = new XCuresHarness(scriptToken: false);
        xcures.Upstream.On("POST", "/oauth/token", $$"""{"access_token":"{{token}}"}""").On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        await RunAsync<UpstreamResult>(xcures.Search, "{}");
        xcures.Time.Advance(TimeSpan.FromDays(30));
        await RunAsync<UpstreamResult>(xcures.Search, "{}");

        xcures.Upstream.To("/oauth/token").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400, FailureCodes.UpstreamUnauthorized)]
    [InlineData(401, FailureCodes.UpstreamUnauthorized)]
    [InlineData(403, FailureCodes.UpstreamUnauthorized)]
    [InlineData(429, FailureCodes.UpstreamRateLimited)]
    [InlineData(500, FailureCodes.UpstreamError)]
    public async Task A_refused_sign_in_has_its_sentence_without_the_body(int status, string code)
    {
        var xcures = new XCuresHarness(scriptToken: false);
        xcures.Upstream.On("POST", "/oauth/token", _ => ScriptedUpstream.Json("""{"error":"s3cret is wrong"}""", status));

        var failure = await FailAsync(xcures.Search, "{}");

        failure.Code.ShouldBe(code);
        failure.Message.ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":"a\nb"}""")]
    [InlineData("""{"access_token":7}""")]
    [InlineData("<html>")]
    public async Task A_sign_in_without_a_token_is_not_taken(string body)
    {
        var xcures = new XCuresHarness(scriptToken: false);
        xcures.Upstream.On("POST", "/oauth/token", body);

        (await FailAsync(xcures.Search, "{}")).Code.ShouldBe(FailureCodes.UpstreamNotJson);
    }

    [Fact]
    public async Task A_sign_in_that_breaks_or_hangs_is_said()
    {
        var broken = new XCuresHarness(scriptToken: false);
        broken.Upstream.On("POST", "/oauth/token", _ => throw new HttpRequestException("s3cret"));
        (await FailAsync(broken.Search, "{}")).Code.ShouldBe(FailureCodes.UpstreamUnreachable);

        var hanging = new XCuresHarness(scriptToken: false);
        var arrived = new TaskCompletionSource();
        hanging.Upstream.Hang("POST", "/oauth/token", () => arrived.TrySetResult());
        var call = FailAsync(hanging.Search, "{}");
        await arrived.Task;
        hanging.Time.Advance(TimeSpan.FromSeconds(31));
        (await call).Code.ShouldBe(FailureCodes.UpstreamTimeout);
    }

    [Fact]
    public async Task The_only_project_is_found_once()
    {
        var xcures = new XCuresHarness(project: null);
        xcures.Upstream.On("GET", Projects, $$"""[{"id":"{{XCuresHarness.Project}}","name":"P"}]""").On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => RunAsync<UpstreamResult>(xcures.Search, "{}"))));

        xcures.Upstream.To(Projects).ShouldHaveSingleItem().Headers.ContainsKey("ProjectId").ShouldBeFalse();
        xcures.Upstream.To(XCuresHarness.Subjects).ShouldAllBe(request => request.Headers["ProjectId"] == XCuresHarness.Project);
    }

    [Theory]
    [InlineData("[]", "no project")]
    [InlineData("""[{"id":"a","name":"Oncology"},{"id":"b","name":"Cardio"}]""", "XCURES_PROJECT_ID")]
    public async Task Without_exactly_one_project_the_operator_must_choose(string projects, string says)
    {
        var xcures = new XCuresHarness(project: null);
        xcures.Upstream.On("GET", Projects, projects);

        var failure = await FailAsync(xcures.Search, "{}");

        failure.Code.ShouldBe(FailureCodes.NotConfigured);
        failure.Message.ShouldContain(says);
        failure.Message.ShouldNotContain("Oncology");
    }

    [Fact]
    public async Task An_expired_token_does_not_keep_the_project_from_being_found()
    {
        var xcures = new XCuresHarness(project: null);
        xcures.Upstream.Once("GET", Projects, _ => ScriptedUpstream.Json("{}", 401));
        xcures.Upstream.On("GET", Projects, $$"""[{"id":"{{XCuresHarness.Project}}"}]""").On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        await RunAsync<UpstreamResult>(xcures.Search, "{}");

        xcures.Upstream.To("/oauth/token").Count.ShouldBe(2);
    }

    private static string Jwt(DateTimeOffset expires, int number)
    {
        static string Part(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{Part("{}")}.{Part($$"""{"exp":{{expires.ToUnixTimeSeconds()}},"n":{{number}}}""")}.sig";
    }
}
