namespace HealthMcp.Access;

/// <summary>
/// Scopes that a caller holds: <c>system/area.read</c> and <c>.write</c>, <c>phi/limited</c>, <c>phi/identified</c>, and SMART scopes
/// for FHIR types (SMART App Launch 2.2, v1 <c>.read</c> and v2 <c>.cruds</c>). Anything that is not understood grants nothing.
/// </summary>
internal sealed class ScopeSet
{
    private readonly HashSet<string> _exact;
    private readonly IReadOnlyList<SmartScope> _smart;

    public ScopeSet(IEnumerable<string> scopes)
    {
        _exact = scopes.ToHashSet(StringComparer.Ordinal);
        _smart = [.. _exact.Select(SmartScope.Parse).OfType<SmartScope>()];
    }

    public static ScopeSet None { get; } = new([]);

    public IReadOnlyCollection<string> All => _exact;

    /// <summary>Splits a list as OAuth writes it (RFC 6749 section 3.3), commas allowed for people.</summary>
    public static ScopeSet Parse(string text) => new(text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>As a token carries it: blanks only, because a comma may be part of a scope there.</summary>
    public static ScopeSet OfToken(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>True when <paramref name="required"/> is held, itself or through a wider SMART scope.</summary>
    public bool Holds(string required) => SmartScope.Parse(required) is { } wanted ? _smart.Any(held => held.Covers(wanted)) : _exact.Contains(required);

    /// <summary>Scopes to ask for, so that all of <paramref name="required"/> is held.</summary>
    public IReadOnlyList<string> MissingOf(IEnumerable<string> required) =>
        [.. required.Where(scope => !Holds(scope)).Select(SmartScope.Unnarrowed).Distinct(StringComparer.Ordinal)];
}
