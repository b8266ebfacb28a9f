using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Decides whether the caller may make this call, and at which privacy level: the lowest of configuration, scopes and argument.
/// Deny by default: a tool without scopes could not be called by anyone.
/// </summary>
internal sealed class ScopeStage(PrivacySettings settings) : IStage
{
    public Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        if (state.Tool is not { } tool)
        {
            throw new CallFailureException(FailureCodes.UnknownTool, "There is no tool of that name here: call tools/list for those there are.");
        }

        state.RequiredScopes = [.. tool.Definition.Scopes, .. tool.Definition.ScopesOf(state.Request.Arguments)];
        if (state.RequiredScopes.Count == 0) throw Denied([]);
        if (state.Request.Caller.Scopes.MissingOf(state.RequiredScopes) is { Count: > 0 } missing) throw Denied(missing);
        state.Level = settings.LevelOf(state.Request.Caller, state.Request.Arguments);
        return next(state, cancellation);
    }

    private static CallFailureException Denied(IReadOnlyList<string> missing) =>
        new(
            FailureCodes.InsufficientScope,
            $"This call needs {(missing.Count == 1 ? "the scope" : "the scopes")} {string.Join(", ", missing)}, "
                + "which you were not granted: ask the operator or sign in with more.")
        {
            MissingScopes = missing,
        };
}
