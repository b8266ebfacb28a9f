using System.Text.Json;
using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Pipeline;

public sealed class LimitStageTests
{
    private readonly ManualTime _time = new();
    private readonly LimitStage _stage;

    public LimitStageTests() => _stage = new LimitStage(new CallLimits(ArgumentBytes: 100, Concurrent: 2, PerMinute: 5), _time);

    [Fact]
    public async Task Arguments_over_the_limit_are_refused_before_anything_is_done()
    {
        var reached = false;

        (await FailureAsync(State("ann", new string('x', 100)), (_, _) => Task.FromResult(reached = true))).Code.ShouldBe(FailureCodes.TooLarge);
        reached.ShouldBeFalse();
    }

    [Fact]
    public async Task One_caller_cannot_have_more_calls_under_way_than_allowed_and_others_are_not_held_up()
    {
        var hold = new TaskCompletionSource();
        var first = _stage.InvokeAsync(State("ann"), (_, _) => hold.Task, CancellationToken.None);
        var second = _stage.InvokeAsync(State("ann"), (_, _) => hold.Task, CancellationToken.None);

        (await FailureAsync(State("ann"))).Code.ShouldBe(FailureCodes.RateLimited);
        await _stage.InvokeAsync(State("bob"), Done, CancellationToken.None);
        hold.SetResult();
        await Task.WhenAll(first, second);
        await _stage.InvokeAsync(State("ann"), Done, CancellationToken.None);
    }

    [Fact]
    public async Task The_minute_after_begins_anew()
    {
        for (var i = 0; i < 5; i++) await _stage.InvokeAsync(State("ann"), Done, CancellationToken.None);
        (await FailureAsync(State("ann"))).Retryable.ShouldBeTrue();

        _time.Advance(TimeSpan.FromMinutes(1));

        await _stage.InvokeAsync(State("ann"), Done, CancellationToken.None);
    }

    [Fact]
    public async Task A_failed_call_frees_its_place()
    {
        for (var i = 0; i < 4; i++)
        {
            await Should.ThrowAsync<InvalidOperationException>(() => _stage.InvokeAsync(
                State("ann"), (_, _) => throw new InvalidOperationException(), CancellationToken.None));
        }

        await _stage.InvokeAsync(State("ann"), Done, CancellationToken.None);
    }

    private static Task Done(CallState state, CancellationToken cancellation) => Task.CompletedTask;

    private async Task<CallFailureException> FailureAsync(CallState state, Step? next = null) =>
        await Should.ThrowAsync<CallFailureException>(() => _stage.InvokeAsync(state, next ?? Done, CancellationToken.None));

    private static CallState State(string caller, string text = "") =>
        new(new CallRequest("t", JsonElement.Parse($$"""{"text":"{{text}}"}"""), new Caller(caller, "stdio", ScopeSet.None)), null, "call");
}
