using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>A signed token taken apart (RFC 7515, compact form). Nothing in it is believed yet.</summary>
internal sealed record JwtParts(JsonElement Header, JsonElement Payload, byte[] Signed, byte[] Signature)
{
    /// <summary>Null when it is not exactly three parts of base64url, of which two are objects.</summary>
    public static JwtParts? Read(string token)
    {
        var parts = token.Split('.', 4);
        if (parts.Length != 3) return null;
        if (Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is not { Length: > 0 } signature) return null;
        if (StrictJson.Object(header) is not { } head || StrictJson.Object(payload) is not { } claims) return null;
        return new JwtParts(head, claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature);
    }

    // Decoders forgive padding, blanks and stray low bits; one token has one spelling here.
    private static byte[]? Decode(string part)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            return string.Equals(Base64Url.EncodeToString(bytes), part, StringComparison.Ordinal) ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
