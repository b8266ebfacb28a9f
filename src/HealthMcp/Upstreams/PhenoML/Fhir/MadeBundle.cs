using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>Requests and answers of the two operations that make a transaction Bundle.</summary>
internal static class MadeBundle
{
    public static IEnumerable<(string Name, JsonNode? Value)> Options(MultiInput input) =>
    [
        ("provider", input.Provider), ("implementation_guide", input.ImplementationGuide), ("detection_effort", input.DetectionEffort),
        ("validation_method", input.ValidationMethod),
    ];

    /// <exception cref="CallFailureException">It was refused, or PhenoML says that it made nothing of it.</exception>
    public static UpstreamResult Result(UpstreamResponse answer, Endpoint endpoint, string argument)
    {
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer,
            "PhenoML has no such implementation guide or provider: leave both out, or upload the profile first.",
            "implementation_guide");
        var notices = answer.Read(json => Notices(json, argument));
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, endpoint.Shape, [answer.Body]) { Single = true }) with { Notices = notices };
    }

    private static IReadOnlyList<string> Notices(ReadOnlyMemory<byte> json, string argument)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("object expected");
        if (root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False)
            throw new CallFailureException(FailureCodes.UpstreamRejected,
                $"PhenoML says that it could make nothing of it: state the facts in {argument} more plainly.")
            {
                Argument = argument,
            };
        return MadeResource.CheckBundle(root.TryGetProperty("bundle", out var bundle) ? bundle : default);
    }
}
