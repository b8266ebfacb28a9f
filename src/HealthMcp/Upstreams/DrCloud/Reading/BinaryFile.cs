using System.Buffers;
using System.Text.Json;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Reading;

/// <summary>
/// The answer to a read of a Binary as a FHIR resource, so that it is redacted like any file: the vendor streams the file itself, other servers wrap it
/// (R4 2.39.4.1).
/// </summary>
internal static class BinaryFile
{
    public static ReadOnlyMemory<byte> Of(UpstreamResponse answer, string id) => IsWrapped(answer) ? answer.Body : Wrap(answer, id);

    private static bool IsWrapped(UpstreamResponse answer)
    {
        if (!answer.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase)) return false;
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return BundleReader.Text(json.RootElement, "resourceType") == "Binary";
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> Wrap(UpstreamResponse answer, string id)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "Binary");
            json.WriteString("id", id);
            json.WriteString("contentType", answer.MediaType.Length > 0 ? answer.MediaType : "application/octet-stream");
            if (!answer.Body.IsEmpty) json.WriteBase64String("data", answer.Body.Span);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
