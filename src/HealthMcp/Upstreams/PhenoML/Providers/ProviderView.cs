using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthMcp.FhirR4;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>
/// A provider as a row of its own (shape <c>phenoml.provider.view</c>): its authentication configurations are a map by id, which redaction withholds whole, so
/// what may be known of each is taken out here. Nothing that signs in is: no secret is answered anyway, and of keys and certificates no part is copied.
/// </summary>
internal static partial class ProviderView
{
    public const string Shape = "phenoml.provider.view";
    public const string ChangeShape = "phenoml.provider.change";

    public const string Schema = """
        {"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"description":{"type":"string"},"provider":{"type":"string"},
        "base_url":{"type":"string"},"last_updated":{"type":"string"},"auth_configs":{"type":"array","items":{"type":"object","properties":{
        "id":{"type":"string"},"auth_method":{"type":"string"},"active":{"type":"boolean"},"scopes":{"type":"string"}}}}}}
        """;

    public const string ChangeSchema = $$$"""
        {"type":"object","properties":{"action":{"type":"string"},"auth_method":{"type":"string"},"credentials":{"type":"string"},"role":{"type":"string"},
        "scopes":{"type":"string"},"provider":{{{Schema}}}}}
        """;

    private static readonly string[] Plain = ["id", "name", "description", "provider", "base_url", "last_updated"];
    private static readonly string[] Methods = ["client_secret", "google_healthcare", "jwt", "on_behalf_of", "token_passthrough", "none"];

    public static JsonObject Of(JsonObject provider)
    {
        var view = Copy(provider, Plain);
        var configs = Configs(provider).Select(pair => Config(pair.Id, pair.Config)).ToArray<JsonNode?>();
        if (configs.Length > 0) view["auth_configs"] = new JsonArray(configs);
        return view;
    }

    public static IEnumerable<(string Id, JsonObject Config)> Configs(JsonObject provider) => provider["auth_configs"] is not JsonObject map ? []
        : map.Where(pair => pair.Value is JsonObject).Select(pair => (((JsonObject)pair.Value!).Text("auth_config_id") ?? pair.Key, (JsonObject)pair.Value!));

    public static bool IsActive(JsonObject config) => config["is_active_auth_config"] is JsonValue value && value.TryGetValue<bool>(out var active) && active;

    // Only words that are known: the map is withheld because nobody knows what else stands in it.
    private static JsonObject Config(string id, JsonObject config)
    {
        var row = new JsonObject
        {
            ["id"] = id, ["auth_method"] = Array.Find(Methods, method => method == config.Text("auth_method")) ?? "other", ["active"] = IsActive(config),
        };
        var scopes = (config.Text("scopes") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(IsScope).ToList();
        if (scopes.Count > 0) row["scopes"] = string.Join(' ', scopes);
        return row;
    }

    private static bool IsScope(string scope) => Scope().Match(scope) is { Success: true } match
        && (match.Groups["type"].Value == "*" || R4Table.Default.Resource(match.Groups["type"].Value) is not null);

    private static JsonObject Copy(JsonObject source, string[] names) =>
        new(names.Where(name => source.Text(name) is not null).Select(name => KeyValuePair.Create(name, source[name]?.DeepClone())));

    [GeneratedRegex(
        @"\A(system|user|patient)/(?<type>\*|[A-Za-z]+)\.(\*|read|write|[cruds]{1,5})\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Scope();
}
