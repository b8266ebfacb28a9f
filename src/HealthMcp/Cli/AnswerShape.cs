using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Cli;

/// <summary>The privacy shape of a whole answer as a system sends it, where the pipeline knows the shape of its rows.</summary>
internal static class AnswerShape
{
    private static readonly string[] Proprietary = ["xcures", "patients", "phenoml"];

    /// <returns>What is wrong with asking for this operation, or null.</returns>
    public static string? Problem(string format, string? operation)
    {
        if (!Proprietary.Contains(format, StringComparer.Ordinal))
            return operation is null ? null : $"--operation goes with --format {string.Join(", ", Proprietary)} only.";
        return Find(format, operation) is null ? $"--operation must be one of {format}'s operations: {string.Join("; ", Of(format).Select(Name))}." : null;
    }

    /// <exception cref="RedactionException">The answer is not JSON.</exception>
    public static string Of(string format, string? operation, ReadOnlyMemory<byte> answer)
    {
        if (Find(format, operation) is not { } endpoint) return ShapeCatalog.AnyResource;
        if (endpoint.Rows is null) return endpoint.Shape;

        // Patients answers lists in two envelopes, by page and by cursor; which one is seen from the property that holds the rows.
        var cursor = $"{endpoint.Shape}.cursor";
        return ShapeCatalog.Load().Contains(cursor) && Has(answer, "data") ? cursor : $"{endpoint.Shape}.page";
    }

    private static Endpoint? Find(string format, string? operation) => Of(format).FirstOrDefault(endpoint => Name(endpoint) == operation);

    private static IEnumerable<Endpoint> Of(string format) => Composition.Catalog.Endpoints.Where(endpoint => endpoint.System == format);

    private static string Name(Endpoint endpoint) => $"{endpoint.Method} {endpoint.Path}";

    private static bool Has(ReadOnlyMemory<byte> answer, string property)
    {
        try
        {
            return JsonElement.Parse(answer.Span) is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(property, out _);
        }
        catch (JsonException)
        {
            throw new RedactionException();
        }
    }
}
