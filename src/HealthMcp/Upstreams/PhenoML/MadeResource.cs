using System.Text.Json;
using HealthMcp.FhirR4;
using HealthMcp.Upstreams.PhenoML.Fhir;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>A look at a resource that a language model made: what R4 does not allow is said, nothing is changed.</summary>
internal static class MadeResource
{
    private const int MostSaid = 20;
    private const string Synthetic = "urn:phenoml:lang2fhir-generated-id";

    /// <summary>Sentences for the caller, without a value of the resource.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static IReadOnlyList<string> Check(ReadOnlyMemory<byte> json, string asked)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("resource expected");
        var kind = root.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        return [.. Kind(kind, asked) is { } wrong ? new[] { wrong } : [], .. Look(root)];
    }

    /// <summary>What a transaction Bundle that was made holds: its resources, and whether its entries find each other.</summary>
    public static IReadOnlyList<string> CheckBundle(JsonElement bundle)
    {
        if (bundle.ValueKind != JsonValueKind.Object) return ["The answer has no Bundle."];
        var links = BundleLinks.Problems(bundle);
        var broken = links.Count == 0 ? [] : links.Take(MostSaid).Prepend(
            $"The entries of this Bundle do not hold together in {links.Count} place(s), so that storing it would fail or leave links that lead nowhere:");
        return [.. Look(bundle), .. broken];
    }

    private static IEnumerable<string> Look(JsonElement root) =>
    [
        .. HasSynthetic(root)
            ? new[]
            {
                $"An identifier of system {Synthetic} was made up by PhenoML because the text has none: "
                    + "it identifies nobody, so replace it before the resource is stored.",
            }
            : [],
        .. Structure(root),
    ];

    private static string? Kind(string? kind, string asked)
    {
        if (kind is null) return "The answer has no resourceType, so it is not a FHIR resource.";
        if (R4Table.Default.Resource(kind) is null) return "The answer's resourceType is none of FHIR R4's, so its content may be withheld.";
        return R4Resources.ByKind.TryGetValue(asked, out var expected) && expected != kind ? $"A {kind} was made, although {expected} was asked for." : null;
    }

    private static IEnumerable<string> Structure(JsonElement root)
    {
        var problems = StructureCheck.Of(root);
        if (problems.Count == 0) return [];
        var more = problems.Count > MostSaid ? $", of which the first {MostSaid} are named" : "";
        return problems.Take(MostSaid).Select(problem => problem.ToString())
            .Prepend($"FHIR R4 does not allow {problems.Count} thing(s) in this resource{more}: correct them before it is stored.");
    }

    private static bool HasSynthetic(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => (value.TryGetProperty("system", out var system) && system.ValueKind == JsonValueKind.String && system.ValueEquals(Synthetic))
            || value.EnumerateObject().Any(member => HasSynthetic(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasSynthetic),
        _ => false,
    };
}
