using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>FHIR that a caller gives to be converted, looked at before it is sent.</summary>
internal sealed class SentFhir
{
    private const string Argument = "fhir_resources";
    private readonly IReadOnlyDictionary<string, JsonElement> _given;

    private SentFhir(IReadOnlyDictionary<string, JsonElement> given, string type, IReadOnlyList<JsonElement> resources) =>
        (_given, IsBundle, Resources) = (given, type == "Bundle", resources);

    public bool IsBundle { get; }

    /// <summary>The resources of a Bundle, or the one that it is.</summary>
    public IReadOnlyList<JsonElement> Resources { get; }

    /// <exception cref="CallFailureException">It is no FHIR, or there is nothing in it.</exception>
    public static SentFhir Read(IReadOnlyDictionary<string, JsonElement> given)
    {
        var type = given.TryGetValue("resourceType", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : null;
        if (type is null || R4Table.Default.Resource(type) is null)
            throw CallFailureException.Invalid(Argument, $"{Argument} must be a FHIR R4 resource or a Bundle, which say what they are in resourceType.");
        if (type != "Bundle")
            return new SentFhir(given, type, [JsonSerializer.SerializeToElement(given, AnalysisJson.Default.IReadOnlyDictionaryStringJsonElement)]);
        var resources = Entries(given).Select(Resource).ToList();
        if (resources.Count == 0 || !resources.TrueForAll(resource => TypeOf(resource) is not null))
            throw CallFailureException.Invalid(
                Argument, $"{Argument} is a Bundle without resources, or with entries that are none: put each in entry[].resource.");
        return new SentFhir(given, type, resources);
    }

    public IEnumerable<JsonElement> Of(string type) => Resources.Where(resource => TypeOf(resource) == type);

    /// <summary>fullUrl of the first resource of the type; null when it has none.</summary>
    public string? AddressOf(string type) => Entries(_given)
        .Where(entry => TypeOf(Resource(entry)) == type)
        .Select(entry => entry.TryGetProperty("fullUrl", out var url) && url.ValueKind == JsonValueKind.String ? url.GetString() : null)
        .FirstOrDefault();

    /// <summary>Known types of FHIR in it, each once.</summary>
    public IEnumerable<string> Types =>
        Resources.Select(TypeOf).OfType<string>().Where(type => R4Table.Default.Resource(type) is not null).Distinct(StringComparer.Ordinal);

    /// <summary>Every value that was sent, for telling what an answer repeats.</summary>
    public string Words()
    {
        var words = new StringBuilder();
        foreach (var member in _given) Add(words, member.Value);
        return words.ToString();
    }

    public static string? TypeOf(JsonElement resource) =>
        resource.ValueKind == JsonValueKind.Object && resource.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString() : null;

    private static IEnumerable<JsonElement> Entries(IReadOnlyDictionary<string, JsonElement> given) =>
        given.TryGetValue("entry", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static JsonElement Resource(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out var resource) ? resource : default;

    private static void Add(StringBuilder words, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Add(words, member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Add(words, item);
                break;
            case JsonValueKind.String:
                words.Append(value.GetString()).Append('\n');
                break;
            case JsonValueKind.Number:
                words.Append(value.GetRawText()).Append('\n');
                break;
            default:
                break;
        }
    }
}
