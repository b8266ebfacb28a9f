using System.Text.Json;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>
/// Which id a new record got: a FHIR server says it in Location or sends the record, the vendor's ancestor sends its own number and <c>uuid</c>.
/// </summary>
internal static class WrittenAnswer
{
    /// <returns>Null where the answer does not say.</returns>
    public static string? IdOf(UpstreamResponse answer) => InBody(answer.Body) ?? InAddress(answer.Created);

    private static string? InBody(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            var id = BundleReader.Text(root, "resourceType") switch
            {
                "Practitioner" => BundleReader.Text(root, "id"),
                null => BundleReader.Text(root, "uuid"),
                _ => null,
            };
            return IsId(id) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // R4, 3.1.0.8: [base]/Practitioner/[id]/_history/[vid].
    private static string? InAddress(string? address)
    {
        var parts = (address ?? "").Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.LastIndexOf(parts, "Practitioner");
        return at >= 0 && at + 1 < parts.Length && IsId(parts[at + 1]) ? parts[at + 1] : null;
    }

    // R4, 2.24.0.1: letters, digits, - and dot, 64 at most. What is none must not become part of an address.
    private static bool IsId(string? id) =>
        id is { Length: > 0 and <= 64 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && id.Trim('.').Length > 0;
}
