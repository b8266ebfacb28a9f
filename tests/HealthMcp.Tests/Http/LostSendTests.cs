using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Tests.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Http;

/// <summary>A write that may be repeated, whose first send is lost: whatever becomes of the next, nobody may be told that it failed.</summary>
public sealed class LostSendTests
{
    private static readonly Endpoint Keyed = new("patients", "POST", "/keyed", Effect.Create, "x") { RepeatIsSafe = true };
    private readonly UpstreamStub _stub = new();
    private int _tokens;
    private bool _signsInOnce;
    private bool _signInBreaks;

    public static TheoryData<string, int> Refusals
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var first in new[] { "cut", "502", "503" })
                foreach (var then in new[] { 400, 401, 403, 404, 409, 413, 422, 429 }) all.Add(first, then);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_of_the_next_send_is_in_doubt(string first, int then)
    {
        Lose(first);
        _stub.Answer(then);

        var failure = await FailureAsync();

        failure.Code.ShouldBe(FailureCodes.InDoubt);
        failure.Retryable.ShouldBeFalse();
        _stub.Asked.Count.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("503")]
    public async Task No_connection_for_the_next_is_in_doubt(string first)
    {
        Lose(first);
        _stub.Fail(new HttpRequestException(HttpRequestError.ConnectionError));

        (await FailureAsync()).Code.ShouldBe(FailureCodes.InDoubt);
    }

    [Fact]
    public async Task A_sign_in_that_fails_before_the_next_is_in_doubt()
    {
        _signsInOnce = true;
        Lose("cut");
        _stub.Answer(401);

        (await FailureAsync()).Code.ShouldBe(FailureCodes.InDoubt);
    }

    [Fact]
    public async Task A_sign_in_that_breaks_before_anything_is_sent_leaves_no_doubt()
    {
        _signInBreaks = true;

        var failure = await FailureAsync();

        failure.Code.ShouldBe(FailureCodes.UpstreamUnreachable);
        _stub.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_conflict_is_for_whoever_reads_conflicts_and_says_that_one_was_lost()
    {
        Lose("cut");
        _stub.Answer(409);

        var answer = await SendAsync(status => status == 409);

        (answer.Status, answer.OneBeforeIsLost).ShouldBe((409, true));
    }

    [Theory]
    [InlineData(403, FailureCodes.UpstreamForbidden)]
    [InlineData(422, FailureCodes.UpstreamRejected)]
    public async Task What_never_left_before_the_refusal_is_refused(int status, string code)
    {
        _stub.Fail(new HttpRequestException(HttpRequestError.ConnectionError)).Answer(429).Answer(status);

        (await FailureAsync()).Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_conflict_of_the_first_send_is_nobody_elses_loss()
    {
        _stub.Answer(409);

        (await SendAsync(status => status == 409)).OneBeforeIsLost.ShouldBeFalse();
    }

    private void Lose(string how)
    {
        if (how == "cut") _stub.Fail(new HttpRequestException(HttpRequestError.ResponseEnded));
        else _stub.Answer(int.Parse(how, System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<CallFailureException> FailureAsync() => await Should.ThrowAsync<CallFailureException>(() => SendAsync(null));

    private Task<UpstreamResponse> SendAsync(Func<int, bool>? accept)
    {
        var tokens = new TokenSource(
            _ => _signInBreaks ? throw UpstreamFailures.Of("patients", 503)
                : ++_tokens > 1 && _signsInOnce ? throw UpstreamFailures.SignInRefused("patients", "it") : Token(),
            TimeProvider.System);
        var connection = new SystemConnection(
            new SystemSource("patients", true, "sandbox:patients"), _ => ValueTask.FromResult(new Uri("http://upstream.test/base")), tokens)
        {
            RetryDelay = TimeSpan.Zero,
        };
        var client = new UpstreamClient(connection, _stub.Invoker, TimeProvider.System);
        return client.SendAsync(new UpstreamRequest(Keyed), Call(), CancellationToken.None, accept);
    }

    private Task<AccessToken> Token() => Task.FromResult(new AccessToken($"token-{_tokens}", null));

    private static CallContext Call() => new()
    {
        LetThrough = true,
        Trace = new CallTrace(),
        Tool = new ToolDefinition
        {
            Name = "t",
            Title = "t",
            Description = "t",
            Toolset = "patients",
            Scopes = ["x"],
            Hints = new ToolHints(false, false, true, false),
            Endpoints = [Keyed],
            Input = SampleJson.Default.SampleInput, DataSchema = "{}",
        },
    };
}
