using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>What an export needs: of the caller, from raw arguments; and of the EHR's grant to this server.</summary>
internal static class ExportScopes
{
    private const string Follow = "system/*.$bulkdata-status";

    /// <summary>Every type that is exported, as a search of it would need.</summary>
    public static IEnumerable<string> Of(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object || BundleReader.Text(arguments, "action") != "start") return [];
        var types = BundleReader.Items(arguments, "types").Where(type => type.ValueKind == JsonValueKind.String).Select(type => type.GetString()!).ToList();
        return FhirTypes.All.Where(type => types.Count == 0 || types.Contains(type.Name, StringComparer.Ordinal)).Select(type => $"user/{type.Name}.rs");
    }

    public static Endpoint EndpointOf(string kind) => kind switch
    {
        "system" => ExportEndpoints.System,
        "group" => ExportEndpoints.Group,
        _ => ExportEndpoints.Patients,
    };

    /// <summary>Scopes that the vendor has for it, beside those of the types.</summary>
    public static IReadOnlyList<string> Needed(string kind) =>
        [kind switch { "system" => "system/*.$export", "group" => "system/Group.$export", _ => "system/Patient.$export" }, Follow, "system/Binary.read"];

    /// <exception cref="CallFailureException">What was granted is known, and something is not in it.</exception>
    public static void Require(string kind, IReadOnlyList<string>? granted)
    {
        if (granted is not null && Needed(kind).Except(granted, StringComparer.Ordinal).ToList() is { Count: > 0 } missing) throw Lacking(missing);
    }

    public static CallFailureException Lacking(IReadOnlyList<string> scopes) => new(
        FailureCodes.UpstreamForbidden,
        $"The EHR does not let this server's account export, for want of {string.Join(", ", scopes)}: the operator must have a backend client with a key "
            + $"registered with these scopes and request them ({DrCloudOptions.Scopes}). Repeating the call will not help.");
}
