using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>The public keys that the client has registered: the sandbox's own, once it was asked for, and those of the options.</summary>
internal sealed class RegisteredKeys(SandboxOptions options, Lazy<ClientKey> own)
{
    private readonly Lazy<IReadOnlyList<RSAParameters>> _given = new(() => Parse(options.DrCloudClientPublicJwks));

    public bool Verify(string signed, byte[] signature) =>
        _given.Value.Concat(own.IsValueCreated ? [own.Value.Public] : []).Any(key => Verify(key, signed, signature));

    private static bool Verify(RSAParameters key, string signed, byte[] signature)
    {
        using var rsa = RSA.Create(key);
        return rsa.VerifyData(Encoding.ASCII.GetBytes(signed), signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
    }

    private static IReadOnlyList<RSAParameters> Parse(string? jwks)
    {
        if (jwks is null)
        {
            return [];
        }

        var keys = Json.Parse(jwks)["keys"] as JsonArray ?? throw new JsonException("A JWKS has keys");
        return [.. keys.OfType<JsonObject>().Where(key => key.Text("kty") == "RSA").Select(key => new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key.Text("n")),
            Exponent = Base64Url.DecodeFromChars(key.Text("e")),
        })];
    }
}
