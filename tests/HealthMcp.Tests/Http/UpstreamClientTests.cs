using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Tests.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Http;

public sealed class UpstreamClientTests
{
    private const string Secret = "Marissa Jones 555-0142 token=abc";
    private static readonly Endpoint Read = new("xcures", "GET", "/thing/{id}", Effect.Read, "x") { MaxBytes = 1000 };
    private static readonly Endpoint Create = new("xcures", "POST", "/thing", Effect.Create, "x");
    private static readonly Endpoint KeyedCreate = new("xcures", "POST", "/keyed", Effect.Create, "x") { RepeatIsSafe = true };
    private readonly UpstreamStub _stub = new();
    private int _tokens;

    [Theory]
    [InlineData(400, FailureCodes.UpstreamRejected)]
    [InlineData(401, FailureCodes.UpstreamUnauthorized)]
    [InlineData(403, FailureCodes.UpstreamForbidden)]
    [InlineData(404, FailureCodes.NotFound)]
    [InlineData(409, FailureCodes.Conflict)]
    [InlineData(422, FailureCodes.UpstreamRejected)]
    [InlineData(429, FailureCodes.UpstreamRateLimited)]
    [InlineData(302, FailureCodes.UpstreamError)]
    [InlineData(500, FailureCodes.UpstreamError)]
    [InlineData(503, FailureCodes.UpstreamError)]
    public async Task Each_status_gets_its_sentence_and_nothing_of_the_body(int status, string code)
    {
        _stub.Answer(status, $$"""{"detail":"{{Secret}}"}""");

        var failure = await FailureOf(Read);

        failure.Code.ShouldBe(code);
        failure.Message.ShouldNotContain("Marissa");
        failure.ToString().ShouldNotContain("555");
    }

    [Theory]
    [InlineData("<html>Marissa Jones</html>", "text/html")]
    [InlineData("{}", "text/plain")]
    public async Task What_is_not_json_is_refused(string body, string type)
    {
        _stub.Answer(200, body, type);

        (await FailureOf(Read)).Code.ShouldBe(FailureCodes.UpstreamNotJson);
    }

    [Fact]
    public async Task An_answer_over_its_bound_is_refused()
    {
        _stub.Answer(200, $"\"{new string('x', 2000)}\"");

        (await FailureOf(Read)).Code.ShouldBe(FailureCodes.UpstreamTooLarge);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/fhir+json")]
    [InlineData("application/json+fhir")]
    public async Task Every_way_to_say_json_is_taken(string type)
    {
        _stub.Answer(200, "{\"a\":1}", type.Split(';')[0]);

        (await SendAsync(Read)).Body.ToArray().ShouldBe("{\"a\":1}"u8.ToArray());
    }

    [Fact]
    public async Task A_refused_token_is_fetched_anew_once()
    {
        _stub.Answer(401).Answer(200);

        await SendAsync(Read);

        _stub.Asked.Select(a => a.Token).ShouldBe(["token-1", "token-2"]);
    }

    [Fact]
    public async Task A_second_refusal_stands()
    {
        _stub.Answer(401);

        (await FailureOf(Read)).Code.ShouldBe(FailureCodes.UpstreamUnauthorized);
        _stub.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_read_is_repeated_after_a_break()
    {
        _stub.Fail(new HttpRequestException(HttpRequestError.ResponseEnded)).Answer(200);

        (await SendAsync(Read)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_create_whose_answer_is_lost_is_in_doubt_and_not_repeated()
    {
        _stub.Fail(new HttpRequestException(HttpRequestError.ResponseEnded));

        (await FailureOf(Create)).Code.ShouldBe(FailureCodes.InDoubt);
        _stub.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_create_that_never_left_is_not_in_doubt()
    {
        _stub.Fail(new HttpRequestException(HttpRequestError.ConnectionError));

        (await FailureOf(Create)).Code.ShouldBe(FailureCodes.UpstreamUnreachable);
    }

    [Fact]
    public async Task What_the_write_gate_has_not_let_through_is_not_sent()
    {
        _stub.Answer(200);

        await Should.ThrowAsync<InvalidOperationException>(
            () => Client().SendAsync(new UpstreamRequest(Create).Route("id", "1"), Call(letThrough: false), CancellationToken.None));

        _stub.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_create_that_failed_on_the_other_side_is_not_repeated()
    {
        _stub.Answer(500);

        await FailureOf(Create);

        _stub.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(503, 3600, 1)]
    [InlineData(429, 3600, 1)]
    [InlineData(503, 0, 3)]
    [InlineData(429, 0, 3)]
    public async Task A_long_wait_that_the_upstream_asks_for_is_left_to_the_caller(int status, int seconds, int asked)
    {
        _stub.Answer(status, also: r => r.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)));

        (await FailureOf(Read)).Retryable.ShouldBeTrue();
        _stub.Asked.Count.ShouldBe(asked);
    }

    [Theory]
    [InlineData("GET", FailureCodes.UpstreamTimeout)]
    [InlineData("POST", FailureCodes.InDoubt)]
    public async Task An_answer_that_never_comes_is_a_timeout_and_for_a_write_in_doubt(string method, string code)
    {
        _stub.Hang();
        var request = new UpstreamRequest(method == "GET" ? Read : Create).Route("id", "1");

        var client = Client(new ManualTime(jumps: true));
        var failure = await Should.ThrowAsync<CallFailureException>(() => client.SendAsync(request, Call(), CancellationToken.None));

        failure.Code.ShouldBe(code);
        if (method == "POST") _stub.Asked.Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_keyed_create_is_repeated_after_a_break()
    {
        _stub.Fail(new HttpRequestException(HttpRequestError.ResponseEnded)).Answer(201);

        (await SendAsync(KeyedCreate)).Status.ShouldBe(201);
        _stub.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_endpoint_that_the_tool_does_not_declare_is_never_sent()
    {
        var other = new Endpoint("xcures", "GET", "/other", Effect.Read, "x");

        await Should.ThrowAsync<InvalidOperationException>(() => Client().SendAsync(new UpstreamRequest(other), Call(), CancellationToken.None));
        _stub.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a/b?c=d#e", "/base/thing/a%2Fb%3Fc%3Dd%23e?q=x%26y%3Dz")]
    [InlineData("ümlaut", "/base/thing/%C3%BCmlaut?q=x%26y%3Dz")]
    public async Task Values_cannot_change_the_address(string id, string expected)
    {
        _stub.Answer(200);

        await Client().SendAsync(new UpstreamRequest(Read).Route("id", id).Query("q", "x&y=z"), Call(), CancellationToken.None);

        _stub.Asked[0].Uri.ShouldBe(expected);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public void A_path_value_that_would_be_folded_away_is_refused(string id) =>
        Should.Throw<InvalidOperationException>(() => new UpstreamRequest(Read).Route("id", id).RelativeUri());

    private Task<UpstreamResponse> SendAsync(Endpoint endpoint) =>
        Client().SendAsync(new UpstreamRequest(endpoint).Route("id", "1"), Call(), CancellationToken.None);

    private async Task<CallFailureException> FailureOf(Endpoint endpoint) => await Should.ThrowAsync<CallFailureException>(() => SendAsync(endpoint));

    private UpstreamClient Client(TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var tokens = new TokenSource(_ => Task.FromResult(new AccessToken($"token-{++_tokens}", null)), time);
        var connection = new SystemConnection(
            new SystemSource("xcures", true, "sandbox:xcures"),
            _ => ValueTask.FromResult(new Uri("http://upstream.test/base")),
            tokens)
        {
            RetryDelay = TimeSpan.Zero,
        };
        return new UpstreamClient(connection, _stub.Invoker, time);
    }

    private static CallContext Call(bool letThrough = true) => new()
    {
        LetThrough = letThrough,
        Trace = new CallTrace(),
        Tool = new ToolDefinition
        {
            Name = "t",
            Title = "t",
            Description = "t",
            Toolset = "xcures",
            Scopes = ["x"],
            Hints = new ToolHints(true, false, true, false),
            Endpoints = [Read, Create, KeyedCreate],
            Input = SampleJson.Default.SampleInput, DataSchema = "{}",
        },
    };
}
