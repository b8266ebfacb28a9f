using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace HealthMcp.FhirR4.Summaries;

/// <summary>Gives the redacted content of a Binary as text where it is text: base64 is nothing that a model can read.</summary>
internal static class ReadableFiles
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The row itself unless it is a Binary whose data is text; else <c>text</c> stands in the place of <c>data</c>.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> row)
    {
        using var document = JsonDocument.Parse(row);
        var root = document.RootElement;
        if (Json.Text(root, "resourceType") != "Binary" || Decoded(root) is not { } text) return row;
        var buffer = new ArrayBufferWriter<byte>(row.Length);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            foreach (var member in root.EnumerateObject().Where(member => member.Name != "data")) member.WriteTo(json);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static string? Decoded(JsonElement binary)
    {
        if (Json.At(binary, "data") is not { ValueKind: JsonValueKind.String } data || !data.TryGetBytesFromBase64(out var bytes)) return null;
        return Utf8.IsValid(bytes) && !bytes.AsSpan().Contains((byte)0) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
