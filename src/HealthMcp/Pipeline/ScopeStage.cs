using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Decides whether the caller may make this call, and at which privacy level: the lowest of configuration, scopes and argument.
/// It stands inside audit and error stage, so that every refusal is on record.
/// </summary>
internal sealed class ScopeStage(PrivacySettings settings) : IStage
{
    public Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        if (state.Tool is not { } tool)
        {
            throw new CallFailureException(FailureCodes.UnknownTool, "There is no tool of that name here: call tools/list for those there are.");
        }

        var verdict = AccessPolicy.Decide(state.Request.Caller, tool.Definition, state.Request.Arguments);
        state.RequiredScopes = verdict.Required;
        if (!verdict.Granted) throw Denied(verdict);
        state.Level = settings.LevelOf(state.Request.Caller, state.Request.Arguments);
        return next(state, cancellation);
    }

    private static CallFailureException Denied(AccessVerdict verdict) => new(FailureCodes.InsufficientScope, Sentence(verdict))
    {
        MissingScopes = verdict.Missing,
    };

    private static string Sentence(AccessVerdict verdict) => verdict.ObtainableByScope
        ? $"This call needs {(verdict.Missing.Count == 1 ? "the scope" : "the scopes")} {string.Join(", ", verdict.Missing)}, "
            + "which you were not granted: ask the operator or sign in with more."
        : "This tool is not open to you: call tools/list for those that are.";
}
