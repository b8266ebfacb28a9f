using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>
/// Writes protocol messages with the relaxed encoder: the SDK's own writes each quote inside text as six bytes, and results are
/// mostly JSON inside text. Relaxed is safe here because no answer is ever embedded in HTML.
/// </summary>
internal static class MessageWriter
{
    private static JsonTypeInfo<JsonRpcMessage> TypeInfo { get; } =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> destination, JsonRpcMessage message)
    {
        using var writer = new Utf8JsonWriter(destination, Relaxed);
        JsonSerializer.Serialize(writer, message, TypeInfo);
    }
}
