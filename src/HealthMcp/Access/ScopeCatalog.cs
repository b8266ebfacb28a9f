using HealthMcp.Catalog;

namespace HealthMcp.Access;

/// <summary>All scopes that tools ask for, and the sets that are granted where no authorization server decides.</summary>
internal sealed class ScopeCatalog(IEnumerable<ToolDefinition> tools)
{
    public const string Limited = "phi/limited";
    public const string Identified = "phi/identified";

    private static readonly string[] Smart = ["user/*.rs"];

    private readonly IReadOnlyList<ToolDefinition> _tools = [.. tools];

    public IReadOnlyList<string> Known => [.. Declared(_ => true), .. Smart, Limited, Identified];

    /// <summary>Granted over stdio without <c>HEALTHMCP_SCOPES</c>: every read; writes only on the sandbox.</summary>
    public ScopeSet Default(bool sandboxOnly) => new([.. Declared(tool => sandboxOnly || tool.Hints.ReadOnly), .. Smart]);

    /// <summary>Scopes named in configuration that no tool knows: a spelling mistake must not pass as "no access wanted".</summary>
    public IReadOnlyList<string> Unknown(ScopeSet configured) => [.. configured.All.Where(scope => !Known.Contains(scope, StringComparer.Ordinal) && SmartScope.Parse(scope) is null)];

    private IEnumerable<string> Declared(Func<ToolDefinition, bool> of) =>
        _tools.Where(of).SelectMany(tool => tool.Scopes.Concat(tool.ScopesByArgument.Values.Where(s => !s.Contains('{', StringComparison.Ordinal))))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
