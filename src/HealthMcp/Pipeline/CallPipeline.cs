using HealthMcp.Access;
using HealthMcp.Storage;

namespace HealthMcp.Pipeline;

internal delegate Task Step(CallState state, CancellationToken cancellation);

/// <summary>A layer around the call.</summary>
internal interface IStage
{
    Task InvokeAsync(CallState state, Step next, CancellationToken cancellation);
}

/// <summary>The order in which a call passes the stages, outermost first. Nothing reaches a tool, or leaves it, another way.</summary>
internal sealed class CallPipeline
{
    private readonly Step _run;
    private readonly Step _refuse;
    private readonly AuditStage _audit;
    private readonly ToolBook _tools;
    private readonly Entropy _entropy;

    public CallPipeline(ToolBook tools, Entropy entropy, Stages stages)
    {
        _tools = tools;
        _entropy = entropy;
        _audit = stages.Audit;
        _run = Chain(
            stages.Audit,       // every call leaves a line, denied and failed ones too
            stages.Errors,      // exceptions become sentences that carry nothing
            stages.Scope,       // who may, and at which privacy level
            stages.Limits,      // size and number of calls
            stages.Arguments,   // schema, cursor, handles
            stages.Shape,       // projection, budget, cursor, protocol content
            stages.Budget,      // not more patients than the caller may be told of
            stages.Redaction,   // what the level withholds is gone from here on
            stages.Persons,     // whose names must not be in the answer is known
            stages.Copy,        // rows too many for an answer go to a file, redacted one by one
            stages.WriteGate,   // a write is previewed and confirmed, then sent
            stages.Invoke);     // the tool method
        _refuse = Chain(stages.Audit, stages.Errors, stages.Scope);
    }

    public async Task<CallAnswer> InvokeAsync(CallRequest request, CancellationToken cancellation)
    {
        var state = new CallState(request, _tools.Find(request.Tool), _entropy.NewGuid().ToString("N"));
        await _run(state, cancellation);
        return Masked(state.Answer ?? throw new InvalidOperationException("a stage gave no answer"));
    }

    /// <summary>Answers and records a call that the policy refuses, where the transport must know before it answers. Nothing is ever run.</summary>
    public async Task<CallAnswer> RefuseAsync(CallRequest request, CancellationToken cancellation)
    {
        var state = new CallState(request, _tools.Find(request.Tool), _entropy.NewGuid().ToString("N"));
        await _refuse(state, cancellation);
        return Masked(state.Answer ?? throw new InvalidOperationException("a call that may be made was to be refused"));
    }

    /// <summary>Records that a prompt was refused; prompts read nothing, so there is no call to go with it.</summary>
    public void RecordRefusal(Caller caller, string prompt, AccessVerdict verdict)
    {
        var request = new CallRequest($"prompt:{prompt}", JsonText.EmptyObject, caller);
        _audit.Refused(new CallState(request, null, _entropy.NewGuid().ToString("N")) { RequiredScopes = verdict.Required });
    }

    // Here and not in the redaction, so that errors, notices and previews are covered, at every level.
    private static CallAnswer Masked(CallAnswer answer) => answer with { Structured = KeyMask.Apply(answer.Structured), Text = KeyMask.Apply(answer.Text) };

    private static Step Chain(params IStage[] stages) =>
        stages.Reverse().Aggregate(
            (Step)((_, _) => Task.CompletedTask),
            (next, stage) => (state, cancellation) => stage.InvokeAsync(state, next, cancellation));
}

/// <summary>One of each, in the order of <see cref="CallPipeline"/>.</summary>
internal sealed record Stages(
    AuditStage Audit, ErrorStage Errors, ScopeStage Scope, LimitStage Limits, ArgumentStage Arguments, ShapeStage Shape, BudgetStage Budget,
    RedactionStage Redaction, PersonStage Persons, CopyStage Copy, WriteGateStage WriteGate, InvokeStage Invoke);
