using System.Collections.Frozen;
using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>What the server says of itself in its CapabilityStatement.</summary>
/// <param name="Conformant">It answers searches as FHIR R4 wants; otherwise it is the vendor's, and its quirks are reckoned with.</param>
/// <param name="Parameters">Search parameters by type; null when the server did not say.</param>
internal sealed record ServerProfile(bool Conformant, FrozenDictionary<string, FrozenSet<string>>? Parameters)
{
    // Servers that keep to R4 but for this; no statement has a place to say it.
    private static readonly string[] AsWritten = ["medplum"];

    /// <summary>What is taken to be true of a server that says nothing.</summary>
    public static readonly ServerProfile Vendor = new(Conformant: false, Parameters: null);

    /// <summary>Interactions by type, such as <c>vread</c>; null when the server did not say.</summary>
    public FrozenDictionary<string, FrozenSet<string>>? Interactions { get; init; }

    /// <summary>It compares names with accents taken off and schedules by their limits, as R4 wants; otherwise it would find too little by them.</summary>
    public bool Normalizes { get; init; } = true;

    /// <summary>What the server says that it does; of a server that says nothing, what every one of them does.</summary>
    public bool Does(string type, string interaction) => Interactions is { } known
        ? known.TryGetValue(type, out var done) && done.Contains(interaction)
        : interaction is "read" or "search-type";

    public bool Takes(SearchParameter parameter) => (Parameters, Conformant) switch
    {
        (null, _) => parameter.Server == ServerSupport.Yes,
        ({ } known, true) => known.TryGetValue(parameter.Type, out var names) && names.Contains(parameter.Name),
        // The vendor's ancestor lists what it takes, but not whether it does it right: both must agree.
        ({ } known, false) => parameter.Server == ServerSupport.Yes && (!known.TryGetValue(parameter.Type, out var names) || names.Contains(parameter.Name)),
    };

    /// <exception cref="JsonException">It is no CapabilityStatement.</exception>
    public static ServerProfile Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (BundleReader.Text(root, "resourceType") != "CapabilityStatement") throw new JsonException("CapabilityStatement expected");
        var resources = BundleReader.Items(root, "rest").SelectMany(rest => BundleReader.Items(rest, "resource")).ToList();
        var byType = resources.GroupBy(r => BundleReader.Text(r, "type") ?? "", StringComparer.Ordinal).ToFrozenDictionary(
            group => group.Key,
            group => group.SelectMany(r => BundleReader.Items(r, "searchParam"))
                .Where(p => IsOfOurKind(group.Key, p))
                .Select(p => BundleReader.Text(p, "name") ?? "")
                .Append("_id")
                .ToFrozenSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        var interactions = resources.Where(r => BundleReader.Items(r, "interaction").Any())
            .GroupBy(r => BundleReader.Text(r, "type") ?? "", StringComparer.Ordinal)
            .ToFrozenDictionary(
                group => group.Key,
                group => group.SelectMany(r => BundleReader.Items(r, "interaction"))
                    .Select(i => BundleReader.Text(i, "code") ?? "")
                    .ToFrozenSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
        return new ServerProfile(IsConformant(root), byType.Count > 0 ? byType : null)
        {
            Interactions = interactions.Count > 0 ? interactions : null,
            Normalizes = !AsWritten.Any(name => Software(root).Contains(name, StringComparison.OrdinalIgnoreCase)),
        };
    }

    // A server may have a parameter of its own, or of a profile, under a name of R4: of another kind it finds something else.
    private static bool IsOfOurKind(string type, JsonElement listed) =>
        !FhirTypes.ByName.ContainsKey(type) || ParameterTable.Find(type, BundleReader.Text(listed, "name") ?? "") is not { } ours
            || BundleReader.Text(listed, "type") is not { } kind || kind.Equals(ours.Kind.ToString(), StringComparison.OrdinalIgnoreCase);

    private static string Software(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("software", out var named) ? BundleReader.Text(named, "name") ?? "" : "";

    // OpenEMR's family offers "application/json" alone, where FHIR asks for application/fhir+json or its short form.
    private static bool IsConformant(JsonElement root)
    {
        var software = Software(root);
        var family = new[] { "openemr", "drcloud", "ensoftek" }.Any(name => software.Contains(name, StringComparison.OrdinalIgnoreCase));
        var formats = BundleReader.Items(root, "format").Where(f => f.ValueKind == JsonValueKind.String).Select(f => f.GetString()!);
        return !family && formats.Any(f => f is "json" || f.Contains("fhir+json", StringComparison.OrdinalIgnoreCase));
    }
}
