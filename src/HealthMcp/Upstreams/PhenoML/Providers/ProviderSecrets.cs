using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>
/// What signs in to FHIR servers, by name, from the file that PHENOML_PROVIDER_SECRETS names: a JSON object of
/// <c>{"NAME":{"base_url":"https://…","client_id":"…","client_secret":"…"}}</c> or, for Google, <c>service_account_key</c>. A model gives the name only, and
/// a secret goes nowhere but to a provider of its own <c>base_url</c>: else whoever can make a provider could have the secret sent to an address of his.
/// Read when it is needed, so that a start reads no secret.
/// </summary>
internal sealed class ProviderSecrets
{
    public const string Setting = "PHENOML_PROVIDER_SECRETS";
    private const int LargestFile = 256 * 1024;

    private readonly string? _path;

    private ProviderSecrets(string? path) => _path = path;

    public static ProviderSecrets None { get; } = new(null);

    public static ProviderSecrets Read(Func<string, string?> setting, ICollection<string> problems)
    {
        if (setting(Setting)?.Trim() is not { Length: > 0 } path) return None;
        if (!File.Exists(path)) problems.Add($"{Setting} names a file that does not exist or may not be read.");
        return new ProviderSecrets(path);
    }

    /// <summary>The members that a configuration of this method needs from the operator.</summary>
    /// <param name="name">As the caller gave it in the argument <c>credentials</c>.</param>
    /// <param name="method">auth_method.</param>
    /// <param name="baseUrl">Address of the FHIR server that it is for.</param>
    /// <exception cref="CallFailureException">There is none of this name, for this method or for this address.</exception>
    public JsonObject For(string name, string method, string? baseUrl)
    {
        if (Entries()[name] is not JsonObject entry)
            throw Refused("credentials names no entry of the operator's file of provider secrets: ask the operator for the name, or to add one.");
        if (baseUrl is null || Text(entry, "base_url") is not { } own || !Same(own, baseUrl))
            throw Refused("These credentials are for a FHIR server at another base_url, and go nowhere else: use those of this server, or ask the operator.");
        var needed = method == "google_healthcare" ? new[] { "service_account_key" } : ["client_id", "client_secret"];
        if (needed.Any(part => entry[part] is null))
            throw Refused($"These credentials have no {string.Join(" and ", needed)}, which auth_method needs: ask the operator.");
        return new JsonObject(needed.Select(part => KeyValuePair.Create(part, entry[part]?.DeepClone())));
    }

    private JsonObject Entries()
    {
        if (_path is null) throw Missing($"no {Setting} is set");
        try
        {
            if (new FileInfo(_path).Length <= LargestFile && JsonNode.Parse(File.ReadAllBytes(_path)) is JsonObject entries) return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // The exception's text would name the path, or quote the file.
        }

        throw Missing($"the file of {Setting} cannot be read as a JSON object");
    }

    private static string? Text(JsonObject entry, string name) =>
        entry[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // Addresses of servers differ in a slash at the end at most: anything looser would let a secret go astray.
    private static bool Same(string own, string other) => string.Equals(own.TrimEnd('/'), other.TrimEnd('/'), StringComparison.Ordinal);

    private static CallFailureException Refused(string why) => CallFailureException.Invalid("credentials", why);

    private static CallFailureException Missing(string why) => new(
        FailureCodes.NotConfigured,
        $"Secrets of FHIR providers come from the operator and never through a call, and {why}: ask the operator, or use auth_method jwt, which needs none.")
    {
        Argument = "credentials",
    };

    public override string ToString() => nameof(ProviderSecrets);
}
