namespace HealthMcp.Pipeline;

/// <summary>Runs the tool method. What it returns is raw and goes outwards through the write gate and redaction.</summary>
internal sealed class InvokeStage : IStage
{
    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        var bound = state.Bound!;
        state.Outcome = await state.Tool!.Method(bound.Input, bound.Context, cancellation);
    }
}
