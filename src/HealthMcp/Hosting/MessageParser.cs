using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>What arrived: one message, or a batch, or the refusal to answer with.</summary>
internal readonly record struct Arrival(JsonRpcMessage? Message, IReadOnlyList<JsonRpcMessage>? Batch, JsonRpcError? Refusal);

internal static class MessageParser
{
    private const int LargestBatch = 50;

    /// <summary>A name given twice means one thing to a proxy and another to a server, so such params are refused.</summary>
    private static readonly JsonTypeInfo<JsonRpcMessage> Strict = (JsonTypeInfo<JsonRpcMessage>)
        new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { AllowDuplicateProperties = false }.GetTypeInfo(typeof(JsonRpcMessage));

    public static Arrival Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var start = utf8.IndexOfAnyExcept(" \t\r\n"u8);
            return start >= 0 && utf8[start] == (byte)'['
                ? ParseBatch(utf8)
                : JsonSerializer.Deserialize(utf8, Strict) is { } message ? new(message, null, null) : Refuse(JsonRpcErrors.Invalid(default));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return Refuse(Explain(utf8));
        }
    }

    private static Arrival ParseBatch(ReadOnlySpan<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8.ToArray());
        var count = document.RootElement.GetArrayLength();
        return count is 0 or > LargestBatch
            ? Refuse(JsonRpcErrors.Invalid(default))
            : new(null, [.. document.RootElement.EnumerateArray().Select(item => item.Deserialize(Strict) ?? throw new JsonException())], null);
    }

    private static Arrival Refuse(JsonRpcError error) => new(null, null, error);

    /// <summary>Tells broken JSON from JSON that is no message, and finds the id so that the caller's pending request can fail.</summary>
    private static JsonRpcError Explain(ReadOnlySpan<byte> utf8)
    {
        RequestId id = default;
        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8) && reader.Read())
                {
                    id = ReadId(ref reader);
                }
            }

            return JsonRpcErrors.Invalid(id);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return JsonRpcErrors.Parse(id);
        }
    }

    private static RequestId ReadId(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new RequestId(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new RequestId(number),
        _ => default,
    };
}
