using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace HealthMcp.Access.Tokens;

/// <summary>A public key of an issuer (RFC 7517). The key decides which algorithms it is good for, never the token alone.</summary>
internal sealed class SigningKey
{
    private const int LeastRsaBytes = 2048 / 8;
    private const int MostRsaBytes = 8192 / 8;

    private RSAParameters? _rsa;
    private ECParameters? _ec;
    private string? _curve;
    private string? _only;

    public required string Id { get; init; }

    /// <summary>Null for a key that is not for signatures, too short, or of a kind that is not accepted.</summary>
    public static SigningKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || jwk.Text("kid") is not { Length: > 0 } id || !ForSignatures(jwk)) return null;
        try
        {
            var key = new SigningKey { Id = id, _only = jwk.Text("alg") };
            return jwk.Text("kty") switch
            {
                "RSA" => key.ReadRsa(jwk),
                "EC" => key.ReadEc(jwk),
                _ => null,
            };
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    public bool Accepts(JwtAlgorithm algorithm) =>
        (_only is null || _only == algorithm.Name) && (algorithm.Kind == KeyKind.Rsa ? _rsa is not null : _curve == algorithm.Curve);

    /// <summary>The keys of the platform are not for use by many threads at once, so each check takes its own.</summary>
    public bool Verify(JwtAlgorithm algorithm, byte[] signed, byte[] signature)
    {
        if (!Accepts(algorithm)) return false;
        if (_rsa is { } rsa)
        {
            using var key = RSA.Create(rsa);
            return signature.Length == rsa.Modulus!.Length && key.VerifyData(signed, signature, algorithm.Hash, algorithm.Padding!);
        }

        using var curve = ECDsa.Create(_ec!.Value);
        return curve.VerifyData(signed, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool ForSignatures(JsonElement jwk)
    {
        if (jwk.TryGetProperty("use", out var use) && StrictJson.Text(use) != "sig") return false;
        return !jwk.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(operation => StrictJson.Text(operation) == "verify"));
    }

    private SigningKey? ReadRsa(JsonElement jwk)
    {
        var modulus = Bytes(jwk, "n").AsSpan().TrimStart((byte)0).ToArray();
        if (modulus.Length is < LeastRsaBytes or > MostRsaBytes) return null;

        // The platform answers for a strange exponent with an exception, but for none with a fault of its own.
        if (Bytes(jwk, "e") is not { Length: > 0 } exponent) return null;
        _rsa = new RSAParameters { Modulus = modulus, Exponent = exponent };
        RSA.Create(_rsa.Value).Dispose();
        return this;
    }

    private SigningKey? ReadEc(JsonElement jwk)
    {
        (_curve, var curve) = jwk.Text("crv") switch
        {
            "P-256" => ("P-256", ECCurve.NamedCurves.nistP256),
            "P-384" => ("P-384", ECCurve.NamedCurves.nistP384),
            _ => (null, default),
        };
        if (_curve is null) return null;
        _ec = new ECParameters { Curve = curve, Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") } };

        // The platform refuses a point that is not on the curve.
        ECDsa.Create(_ec.Value).Dispose();
        return this;
    }

    private static byte[] Bytes(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.Text(name) ?? throw new FormatException());
}
