using System.Globalization;
using HealthMcp.Access;
using HealthMcp.Keys;

namespace HealthMcp.Cli;

/// <summary>How keys are shown to an operator: never the key, never its hash.</summary>
internal static class KeyLines
{
    public static string Of(RegistrationKey key, string state, string? used) => $"""
        {key.Id}  {state,-7}  {key.Name}
          until {Day(key.Revoked ?? key.Expires)}, made {Day(key.Created)}, last used {used ?? "never"}
          level {key.Level}, from {From(key)}
          scopes {string.Join(' ', key.Scopes)}
        """;

    public static string Made(RegistrationKey key, ScopeSet now) => $"""

        This URL is shown once and is as good as a password. Give it to the registry and keep no copy.
        Key {key.Id} "{key.Name}": {key.Level}, until {Day(key.Expires)}, from {From(key)}.
        It may now: {Scopes(now)}
        To end it: healthmcp keys revoke {key.Id}
        """;

    private static string From(RegistrationKey key) => key.Networks.Count == 0 ? "any network" : string.Join(", ", key.Networks);

    private static string Scopes(ScopeSet now) =>
        now.All.Count == 0 ? "nothing, because HEALTHMCP_SCOPES grants none of its scopes" : string.Join(' ', now.All.Order(StringComparer.Ordinal));

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
