using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Access;

/// <summary>What was decided, and all that the operation needs: a challenge names everything at once, not one scope after the other.</summary>
internal sealed record AccessVerdict(IReadOnlyList<string> Required, IReadOnlyList<string> Missing, bool Open)
{
    public bool Granted => Open && Required.Count > 0 && Missing.Count == 0;

    /// <summary>Wider scopes would help. Not so when nothing was declared, or the tool is closed to this caller.</summary>
    public bool ObtainableByScope => Open && Missing.Count > 0;
}

/// <summary>
/// The one place that decides who may do and see what, the same on stdio, HTTP and the command line. Deny by default: what declares no
/// scope is nobody's.
/// </summary>
internal static class AccessPolicy
{
    public static AccessVerdict Decide(Caller caller, ToolDefinition tool, JsonElement arguments) =>
        Decide(caller, [.. tool.Scopes, .. tool.ScopesOf(arguments)]) with { Open = IsOpen(caller, tool) };

    public static AccessVerdict Decide(Caller caller, IReadOnlyCollection<string> required) =>
        new([.. required.Select(SmartScope.Unnarrowed).Distinct(StringComparer.Ordinal)], caller.Scopes.MissingOf(required), Open: true);

    /// <summary>Whether the tool is shown: to those who can step up what they could obtain, to everyone else what they have.</summary>
    public static bool Lists(Caller caller, ToolDefinition tool) => IsOpen(caller, tool) && Lists(caller, tool.Scopes);

    public static bool Lists(Caller caller, IReadOnlyCollection<string> required) =>
        required.Count > 0 && (caller.CanObtainMore || caller.Scopes.MissingOf(required).Count == 0);

    private static bool IsOpen(Caller caller, ToolDefinition tool) => caller.AllowedTools?.Contains(tool.Name) ?? true;
}
