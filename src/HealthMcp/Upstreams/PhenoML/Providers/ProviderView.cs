using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>
/// A provider as a row of its own (shape <c>phenoml.provider.view</c>): its authentication configurations are a map by id, which redaction withholds whole, so
/// what may be known of each is taken out here. Nothing that signs in is: no secret is answered anyway, and of keys and certificates no part is copied.
/// </summary>
internal static class ProviderView
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
    private static readonly string[] OfConfig = ["auth_method", "scopes", "client_id", "created_at", "updated_at", "credential_expiry"];

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

    private static JsonObject Config(string id, JsonObject config)
    {
        var row = new JsonObject { ["id"] = id, ["active"] = IsActive(config) };
        foreach (var (name, value) in Copy(config, OfConfig)) row[name] = value?.DeepClone();
        return row;
    }

    private static JsonObject Copy(JsonObject source, string[] names) =>
        new(names.Where(name => source.Text(name) is not null).Select(name => KeyValuePair.Create(name, source[name]?.DeepClone())));
}
