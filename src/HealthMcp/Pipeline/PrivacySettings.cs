using System.Text.Json;
using HealthMcp.Access;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>The deployment's privacy level and purpose of use.</summary>
/// <param name="Level">The widest that any call may see.</param>
/// <param name="Purpose">Purpose of use (45 CFR 164.506: treatment, payment, operations; or another that permits it); needed for identified.</param>
internal sealed record PrivacySettings(PrivacyLevel Level, string? Purpose)
{
    public PrivacyLevel LevelOf(Caller caller, JsonElement arguments) => Lowest(Level, Granted(caller), Asked(arguments));

    private PrivacyLevel Granted(Caller caller)
    {
        if (caller.Scopes.Holds(ScopeCatalog.Identified)) return Purpose is null ? PrivacyLevel.Limited : PrivacyLevel.Identified;
        return caller.Scopes.Holds(ScopeCatalog.Limited) ? PrivacyLevel.Limited : PrivacyLevel.Deidentified;
    }

    // An argument that is not understood is refused later by its schema; until then it asks for the least.
    private static PrivacyLevel Asked(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty("privacy", out var asked)) return PrivacyLevel.Identified;
        return asked.ValueKind == JsonValueKind.String && Enum.TryParse<PrivacyLevel>(asked.GetString(), ignoreCase: true, out var level)
            ? level
            : PrivacyLevel.Deidentified;
    }

    private static PrivacyLevel Lowest(params PrivacyLevel[] levels) => levels.Min();
}
