using System.Globalization;
using HealthMcp.Catalog;
using HealthMcp.Keys;

namespace HealthMcp.Cli.Registering;

/// <summary>How registrations are shown to an operator: never a key, never an address with one.</summary>
internal static class RegistrationLines
{
    public static IEnumerable<string> Made(Registration registration, RegistrationKey key, SystemSource source)
    {
        yield return $"Registered \"{registration.Name}\" with PhenoML ({source.Kind}): {registration.Now.Tools.Count} tools. "
            + $"Key {key.Id}, {key.Level}, until {Day(key.Expires)}.";
        if (source.Sandbox)
            yield return "This PhenoML is the sandbox of this command, and gone with it: for one that stays run `healthmcp sandbox` and set what it prints.";
    }

    public static IEnumerable<string> Compared(IReadOnlyList<string> differences, int tools)
    {
        if (differences.Count == 0) yield return $"All {tools} tools there are the ones that this key opens here.";
        else yield return "What PhenoML has stored differs from the tools that this key opens here (run this command with the settings of the server):";
        foreach (var difference in differences) yield return $"  - {difference}";
    }

    public static string Of(Registration registration, RegistrationKey? key, DateTimeOffset now) => $"""
        {registration.Name}  {State(registration)}
          made {Day(registration.Made)}, {registration.Now.Tools.Count} tools, at {registration.Endpoint}
          key {registration.Now.KeyId}: {(key is null ? "not known any more" : $"{key.State(now)}, {key.Level}, until {Day(key.Revoked ?? key.Expires)}")}
        """;

    private static string State(Registration registration) => registration switch
    {
        { Ending: true } => "being removed: run remove again",
        { Next: not null } => "being rotated: run rotate again",
        { Now.Server: null } => "unfinished: run remove",
        _ => "registered",
    };

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
