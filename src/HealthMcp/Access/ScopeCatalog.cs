using HealthMcp.Catalog;

namespace HealthMcp.Access;

/// <summary>All scopes that tools ask for, and the sets that are granted where no authorization server decides.</summary>
internal sealed class ScopeCatalog(IEnumerable<ToolDefinition> tools)
{
    public const string Limited = "phi/limited";
    public const string Identified = "phi/identified";

    private static readonly string[] Systems = ["xcures", "phenoml", "patients", "drcloud"];

    private static readonly string[] Smart = ["user/*.rs"];

    private readonly IReadOnlyList<ToolDefinition> _tools = [.. tools];

    public IReadOnlyList<string> Known => [.. Declared(_ => true), .. Smart, Limited, Identified];

    /// <summary>Granted over stdio without <c>HEALTHMCP_SCOPES</c>: every read; writes only on the sandbox.</summary>
    public ScopeSet Default(bool sandboxOnly) => new([.. sandboxOnly ? Declared(_ => true) : Reads, .. Smart]);

    /// <summary>
    /// What a first sign-in is asked for: every read that has a name of its own. Writes, FHIR types and wider levels are asked for when needed.
    /// </summary>
    public IReadOnlyList<string> FirstSignIn => [.. Reads.Where(scope => SmartScope.Parse(scope) is null)];

    /// <summary>
    /// Scopes that no tool knows: a spelling mistake must not pass as "no access wanted". Scopes of a system without tools here are left alone.
    /// </summary>
    public IReadOnlyList<string> Unknown(ScopeSet configured) => [.. configured.All.Where(IsUnknown)];

    // A tool that only reads may ask for a scope that also lets others write; nobody gets that for reading.
    private IEnumerable<string> Reads => Declared(tool => tool.Hints.ReadOnly).Where(scope => !scope.EndsWith(".write", StringComparison.Ordinal));

    private bool IsUnknown(string scope)
    {
        if (Known.Contains(scope, StringComparer.Ordinal) || SmartScope.Parse(scope) is not null) return false;
        var system = scope.Split('/')[0];
        return !Systems.Contains(system, StringComparer.Ordinal) || _tools.Any(tool => tool.Toolset == system);
    }

    private IEnumerable<string> Declared(Func<ToolDefinition, bool> of) =>
        _tools.Where(of).SelectMany(tool => tool.Scopes.Concat(tool.ScopesByArgument.Values.Where(s => !s.Contains('{', StringComparison.Ordinal))))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
