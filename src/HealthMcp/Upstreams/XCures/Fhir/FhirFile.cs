using System.Text;
using System.Text.Json;

namespace HealthMcp.Upstreams.XCures.Fhir;

/// <summary>The resources of a FHIR answer or file: a Bundle, one resource, or lines of JSON with one resource each.</summary>
internal static class FhirFile
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    /// <summary>Null when it is no FHIR JSON.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Rows(string text)
    {
        try
        {
            return Read(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            return Lines(text);
        }
    }

    /// <summary>What a Bundle holds, but for remarks of the server.</summary>
    /// <exception cref="JsonException">It is no Bundle.</exception>
    public static (IReadOnlyList<ReadOnlyMemory<byte>> Rows, long? Total) Bundle(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body, Reading);
        if (XCuresRow.Text(json.RootElement, "resourceType") != "Bundle") throw new JsonException("Bundle expected");
        var counted = json.RootElement.TryGetProperty("total", out var total) && total.ValueKind == JsonValueKind.Number;
        return (Resources(json.RootElement), counted && total.TryGetInt64(out var known) ? known : null);
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>>? Read(byte[] body)
    {
        using var json = JsonDocument.Parse(body, Reading);
        return XCuresRow.Text(json.RootElement, "resourceType") switch
        {
            null => null,
            "Bundle" => Resources(json.RootElement),
            _ => [body],
        };
    }

    private static List<ReadOnlyMemory<byte>> Resources(JsonElement bundle)
    {
        var rows = new List<ReadOnlyMemory<byte>>();
        if (!bundle.TryGetProperty("entry", out var entries) || entries.ValueKind != JsonValueKind.Array) return rows;
        foreach (var entry in entries.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out var resource)
                && XCuresRow.Text(resource, "resourceType") is { } type and not "OperationOutcome" && type.Length > 0)
                rows.Add(Encoding.UTF8.GetBytes(resource.GetRawText()));
        }

        return rows;
    }

    /// <summary>Null when a line is no resource: what is not understood must not look like all there is.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Lines(string text)
    {
        var rows = new List<ReadOnlyMemory<byte>>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                using var json = JsonDocument.Parse(line, Reading);
                if (XCuresRow.Text(json.RootElement, "resourceType") is null) return null;
            }
            catch (JsonException)
            {
                return null;
            }

            rows.Add(Encoding.UTF8.GetBytes(line));
        }

        return rows;
    }
}
