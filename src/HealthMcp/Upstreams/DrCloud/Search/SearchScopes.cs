using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// The SMART scopes that a search needs, from raw arguments. A search held to one category says so behind the scope
/// (<c>user/Observation.rs?category=system|code</c>), because every row is checked against that category here before it is answered, and
/// a narrowed grant is then enough.
/// </summary>
internal static class SearchScopes
{
    public static IEnumerable<string> Of(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object) return [];
        var needed = new List<string>();
        if (BundleReader.Text(arguments, "type") is { } type && FhirTypes.ByName.ContainsKey(type)) needed.AddRange(OfType(type, arguments));
        if (AsksForProvenance(arguments)) needed.Add("user/Provenance.rs");
        if (AsksOfPatient(arguments)) needed.Add("user/Patient.rs");
        needed.AddRange(Included(arguments).Select(target => $"user/{target}.rs"));
        return needed.Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> OfType(string type, JsonElement arguments)
    {
        var whole = $"user/{type}.rs";
        return Categories(type, arguments) is { Count: > 0 } categories
            ? categories.Select(category => $"{whole}?category={Uri.EscapeDataString(category)}")
            : [whole];
    }

    private static bool AsksForProvenance(JsonElement arguments) =>
        (arguments.TryGetProperty("include_provenance", out var provenance) && provenance.ValueKind == JsonValueKind.True)
            || (BundleReader.Text(arguments, "query") is { } query && Uri.UnescapeDataString(query).Contains("_revinclude", StringComparison.Ordinal));

    // A chain reads the patients first. A dot in a value is no chain, but a scope too many is asked for rather than one too few.
    private static bool AsksOfPatient(JsonElement arguments) =>
        Names(arguments).Concat(Queried(arguments).Select(pair => pair.Name)).Any(name => name.Contains('.', StringComparison.Ordinal));

    private static IEnumerable<string> Names(JsonElement arguments) =>
        BundleReader.Items(arguments, "parameters").Select(parameter => BundleReader.Text(parameter, "name")).OfType<string>();

    private static IEnumerable<(string Name, string Value)> Queried(JsonElement arguments) => (BundleReader.Text(arguments, "query") ?? "")
        .TrimStart('?', ' ')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('=', 2))
        .Select(pair => (Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""));

    private static IEnumerable<string> Included(JsonElement arguments)
    {
        if (BundleReader.Text(arguments, "type") is not { } name || !FhirTypes.ByName.TryGetValue(name, out var type)) return [];
        var asked = BundleReader.Items(arguments, "include").Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!);
        var queried = Queried(arguments).Where(pair => pair.Name == "_include").SelectMany(pair => pair.Value.Split(','));
        return asked.Concat(queried).SelectMany(one => Inclusion.TargetsOf(type, one));
    }

    // All conditions must hold, so one plain condition on the category holds the whole search to it. Anything less plain needs the whole type.
    private static IReadOnlyList<string> Categories(string type, JsonElement arguments)
    {
        if (ParameterTable.Find(type, "category") is not { CanFinishHere: true }) return [];
        if (!arguments.TryGetProperty("parameters", out var parameters) || parameters.ValueKind != JsonValueKind.Array) return [];
        return parameters.EnumerateArray().Select(Values).FirstOrDefault(values => values.Count > 0) ?? [];
    }

    private static IReadOnlyList<string> Values(JsonElement parameter)
    {
        if (parameter.ValueKind != JsonValueKind.Object || BundleReader.Text(parameter, "name") != "category") return [];
        if (parameter.TryGetProperty("modifier", out _) || parameter.TryGetProperty("prefix", out _)) return [];
        if (BundleReader.Text(parameter, "value") is { Length: > 0 } one) return parameter.TryGetProperty("values", out _) ? [] : [one];
        if (!parameter.TryGetProperty("values", out var several) || several.ValueKind != JsonValueKind.Array) return [];
        var values = several.EnumerateArray().ToList();
        return values.TrueForAll(value => value.ValueKind == JsonValueKind.String) ? [.. values.Select(value => value.GetString()!)] : [];
    }
}
