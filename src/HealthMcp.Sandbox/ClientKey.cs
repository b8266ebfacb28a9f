using System.Buffers.Text;
using System.Security.Cryptography;

namespace HealthMcp.Sandbox;

/// <summary>The key pair of the client that the sandbox has registered with DrCloudEHR.</summary>
internal sealed record ClientKey(string KeyId, string PrivateKeyPem, RSAParameters Public)
{
    public static ClientKey Generate()
    {
        using var rsa = RSA.Create(2048);
        var pub = rsa.ExportParameters(includePrivateParameters: false);
        var kid = Base64Url.EncodeToString(SHA256.HashData(pub.Modulus ?? []).AsSpan(0, 12));
        return new(kid, rsa.ExportPkcs8PrivateKeyPem(), pub);
    }
}
