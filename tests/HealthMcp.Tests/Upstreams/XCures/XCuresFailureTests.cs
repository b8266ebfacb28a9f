using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>Whatever the upstream does, the caller reads one sentence with nothing of the answer in it.</summary>
public sealed class XCuresFailureTests
{
    private const string Secret = "Marissa Jones 1971-06-29 MRN-77";

    [Theory]
    [InlineData(400, FailureCodes.UpstreamRejected)]
    [InlineData(401, FailureCodes.UpstreamUnauthorized)]
    [InlineData(403, FailureCodes.UpstreamForbidden)]
    [InlineData(404, FailureCodes.NotFound)]
    [InlineData(409, FailureCodes.Conflict)]
    [InlineData(413, FailureCodes.UpstreamRejected)]
    [InlineData(422, FailureCodes.UpstreamRejected)]
    [InlineData(429, FailureCodes.UpstreamRateLimited)]
    [InlineData(302, FailureCodes.UpstreamError)]
    [InlineData(500, FailureCodes.UpstreamError)]
    [InlineData(503, FailureCodes.UpstreamError)]
    public async Task Each_status_has_its_sentence(int status, string code)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, _ => ScriptedUpstream.Json($$"""{"detail":"{{Secret}}"}""", status));

        var failure = await FailAsync(xcures.Search, "{}");

        failure.Code.ShouldBe(code);
        Says(failure);
    }

    [Fact]
    public async Task A_web_page_in_place_of_data_is_not_data()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, _ => ScriptedUpstream.Html($"<html>{Secret}</html>"));

        var failure = await FailAsync(xcures.Search, "{}");

        failure.Code.ShouldBe(FailureCodes.UpstreamNotJson);
        Says(failure);
    }

    [Fact]
    public async Task A_broken_connection_is_unreachable()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, _ => throw new HttpRequestException(HttpRequestError.ConnectionError, Secret));

        var failure = await FailAsync(xcures.Search, "{}");

        failure.Code.ShouldBe(FailureCodes.UpstreamUnreachable);
        failure.Retryable.ShouldBeTrue();
        Says(failure);
    }

    [Fact]
    public async Task A_connection_that_breaks_within_the_body_is_unreachable()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, _ => ScriptedUpstream.Broken());

        (await FailAsync(xcures.Search, "{}")).Code.ShouldBe(FailureCodes.UpstreamUnreachable);
    }

    [Fact]
    public async Task An_upstream_that_never_answers_times_out()
    {
        var xcures = new XCuresHarness();
        using var arrived = new SemaphoreSlim(0);
        xcures.Upstream.Hang("GET", XCuresHarness.Subjects, () => arrived.Release());
        var call = FailAsync(xcures.Search, "{}");

        while (!call.IsCompleted)
        {
            await Task.WhenAny(arrived.WaitAsync(), call);
            xcures.Time.Advance(TimeSpan.FromSeconds(31));
        }

        var failure = await call;
        failure.Code.ShouldBe(FailureCodes.UpstreamTimeout);
        failure.Retryable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_failure_that_passes_is_not_noticed()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.Once("GET", XCuresHarness.Subjects, _ => ScriptedUpstream.Json("{}", 503), _ => ScriptedUpstream.Json("{}", 429));
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(1, XCuresHarness.Subject("a", "A", "B")));

        (await RunAsync<UpstreamResult>(xcures.Search, "{}")).Sections[0].Rows.Count.ShouldBe(1);
    }

    private static void Says(CallFailureException failure)
    {
        failure.Message.ShouldEndWith(".");
        foreach (var word in Secret.Split(' ')) failure.Message.ShouldNotContain(word);
    }
}
