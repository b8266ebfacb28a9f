using HealthMcp.Access;

namespace HealthMcp.Keys;

/// <summary>What a key's holder may do: what the key was given, as far as this deployment still grants it.</summary>
internal static class KeyCaller
{
    public static Caller Of(RegistrationKey key, ScopeSet configured) => new($"key:{key.Id}", "http", Scopes(key, configured));

    public static ScopeSet Scopes(RegistrationKey key, ScopeSet configured)
    {
        var given = new ScopeSet(key.Scopes.Where(IsNoLevel));

        // Either may be the wider one: user/*.rs of a key and user/Observation.rs of the deployment leave the latter.
        var both = given.All.Where(configured.Holds).Concat(configured.All.Where(scope => IsNoLevel(scope) && given.Holds(scope)));
        return new ScopeSet(both.Concat(Level(key.Level, configured)));
    }

    private static IEnumerable<string> Level(string level, ScopeSet configured)
    {
        var identified = configured.Holds(ScopeCatalog.Identified);
        if (level == "identified" && identified) yield return ScopeCatalog.Identified;
        else if (level is "identified" or "limited" && (identified || configured.Holds(ScopeCatalog.Limited))) yield return ScopeCatalog.Limited;
    }

    // A level is given by --level alone: a scope that slipped into the list must not widen it.
    private static bool IsNoLevel(string scope) => !scope.StartsWith("phi/", StringComparison.Ordinal);
}
