using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>Answers in PhenoML's envelope: success, message, and the rest beside them.</summary>
internal static class VendorAnswer
{
    /// <summary>A member of the answer as it stands; null when it is absent or null.</summary>
    /// <exception cref="JsonException">The answer is not an object.</exception>
    public static ReadOnlyMemory<byte>? Member(ReadOnlyMemory<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("object expected");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            if (wanted && !isNull) return json[start..(int)reader.BytesConsumed];
        }

        return null;
    }

    /// <summary>Says no although the status says yes.</summary>
    public static void Succeeded(UpstreamResponse answer)
    {
        if (answer.Read(json => Member(json, "success")) is { } success && success.Span.SequenceEqual("false"u8))
            throw UpstreamFailures.Of(PhenoMLEndpoints.System, 400);
    }
}
