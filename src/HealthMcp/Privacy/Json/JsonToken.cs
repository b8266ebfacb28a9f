using System.Text;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>A scalar as it stands in an answer.</summary>
internal static class JsonToken
{
    /// <summary>The string that a token is, without its escapes; a number or a flag as it is written.</summary>
    public static string Text(ReadOnlySpan<byte> token)
    {
        // What an answer holds was validated as a whole; most strings have no escapes.
        if (token is [(byte)'"', .., (byte)'"'] && !token.Contains((byte)'\\')) return Encoding.UTF8.GetString(token[1..^1]);
        var reader = new Utf8JsonReader(token);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(token);
    }
}
