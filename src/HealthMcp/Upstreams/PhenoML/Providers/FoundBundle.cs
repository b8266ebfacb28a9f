using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Upstreams.PhenoML.Searching;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>A searchset or history as rows, and how it goes on.</summary>
/// <param name="Next">Query of the next page, for the same path; null on the last.</param>
/// <param name="MoreElsewhere">There is a next page that no path of the proxy leads to.</param>
internal sealed record FoundBundle(IReadOnlyList<ReadOnlyMemory<byte>> Matches, long? Total, string? Next, bool MoreElsewhere)
{
    /// <exception cref="JsonException">It is no Bundle.</exception>
    public static FoundBundle Of(ReadOnlyMemory<byte> json, string type)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || Text(root, "resourceType") != "Bundle") throw new JsonException("Bundle expected");
        var next = Items(root, "link").Where(link => Text(link, "relation") == "next").Select(link => Text(link, "url")).FirstOrDefault();
        var query = next is null ? null : QueryOf(next, type);
        return new FoundBundle(
            [.. Items(root, "entry").Where(IsMatch).Where(entry =>
                entry.TryGetProperty("resource", out _)).Select(entry => Bytes(entry.GetProperty("resource")))],
            root.TryGetProperty("total", out var total) && total.ValueKind == JsonValueKind.Number && total.TryGetInt64(out var number) ? number : null,
            query,
            next is not null && query is null);
    }

    /// <summary>What <see cref="Next"/> asks.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string query) => SearchPair.Read(query).Select(pair => (pair.Name, pair.Value));

    // The link is the FHIR server's own address: its query is good on the same path of the proxy, and nowhere else.
    private static string? QueryOf(string url, string type) =>
        url.Split('?', 2) is [var path, { Length: > 0 } query] && path.TrimEnd('/').EndsWith("/" + type, StringComparison.Ordinal) ? query : null;

    // What was included, and what the server has to say of the search, are no matches.
    private static bool IsMatch(JsonElement entry) =>
        !entry.TryGetProperty("search", out var search) || Text(search, "mode") is null or "match";

    private static ReadOnlyMemory<byte> Bytes(JsonElement resource) => System.Text.Encoding.UTF8.GetBytes(resource.GetRawText());

    private static IEnumerable<JsonElement> Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

/// <summary>Finishes a look-up here: a server that does not know a modifier drops it and finds by the beginnings of names.</summary>
internal static class WholeLookUp
{
    public static bool Matches(ReadOnlyMemory<byte> row, IReadOnlyList<SearchPair> asked)
    {
        var patient = PhenoMLBody.Object(row);
        string? Value(string name) => asked.FirstOrDefault(pair => pair.Name == name)?.Value.Trim();
        if (Value("identifier") is { } identifier)
            return patient.Items("identifier").Any(one => one.Text("value") is { } value
                && (value == identifier || $"{one.Text("system")}|{value}" == identifier));
        return patient.Items("name").Any(name => Same(name.Text("family"), Value("family:exact"))
            && name["given"] is JsonArray given && given.Any(part => Same(part?.ToString(), Value("given:exact"))));
    }

    private static bool Same(string? one, string? other) =>
        one is not null && other is not null && string.Equals(one.Trim(), other, StringComparison.OrdinalIgnoreCase);
}
