using System.Text.Json;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>First look at a resource that a language model made: what is plainly wrong is said, nothing is changed.</summary>
internal static class MadeResource
{
    private const string Synthetic = "urn:phenoml:lang2fhir-generated-id";

    /// <summary>Sentences for the caller, without a value of the resource.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static IReadOnlyList<string> Check(ReadOnlyMemory<byte> json, string asked)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("resource expected");
        var kind = root.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        var empty = Empty(root);
        string?[] found =
        [
            Kind(kind, asked),
            empty > 0 ? $"{empty} element(s) are empty (null, \"\", [] or {{}}), which FHIR does not allow." : null,
            HasSynthetic(root)
                ? $"An identifier of system {Synthetic} was made up by PhenoML because the text has none: "
                    + "it identifies nobody, so replace it before the resource is stored."
                : null,
        ];
        return [.. found.OfType<string>()];
    }

    private static string? Kind(string? kind, string asked)
    {
        if (kind is null) return "The answer has no resourceType, so it is not a FHIR resource.";
        if (!R4Resources.Known.Contains(kind)) return "The answer's resourceType is none of FHIR R4's, so its content may be withheld.";
        return R4Resources.ByKind.TryGetValue(asked, out var expected) && expected != kind ? $"A {kind} was made, although {expected} was asked for." : null;
    }

    // Null is allowed in one place only: in an array of primitives whose extensions stand in the sibling array.
    private static int Empty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(member => member.Value.ValueKind switch
        {
            JsonValueKind.Null => 1,
            JsonValueKind.String => member.Value.GetString()!.Length == 0 ? 1 : 0,
            JsonValueKind.Array when member.Value.GetArrayLength() == 0 => 1,
            JsonValueKind.Object when !member.Value.EnumerateObject().Any() => 1,
            _ => Empty(member.Value),
        }),
        JsonValueKind.Array => value.EnumerateArray().Sum(Empty),
        _ => 0,
    };

    private static bool HasSynthetic(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => (value.TryGetProperty("system", out var system) && system.ValueKind == JsonValueKind.String && system.ValueEquals(Synthetic))
            || value.EnumerateObject().Any(member => HasSynthetic(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasSynthetic),
        _ => false,
    };
}
