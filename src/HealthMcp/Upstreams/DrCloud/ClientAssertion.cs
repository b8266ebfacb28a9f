using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>The JWT that proves who we are: RS384, good for under a minute, never the same twice.</summary>
internal static class ClientAssertion
{
    private const int LifetimeSeconds = 55;

    /// <exception cref="CallFailureException">The key is not an RSA private key of at least 2048 bits.</exception>
    public static string Sign(DrCloudAccount account, DateTimeOffset now, Action<Span<byte>> random)
    {
        using var key = Key(account.PrivateKeyPem!);
        Span<byte> id = stackalloc byte[16];
        random(id);
        var unique = Base64Url.EncodeToString(id);
        var head = Part(json =>
        {
            json.WriteString("alg", "RS384");
            json.WriteString("typ", "JWT");
            json.WriteString("kid", account.KeyId ?? Thumbprint(key));
        });
        var claims = Part(json =>
        {
            json.WriteString("iss", account.ClientId);
            json.WriteString("sub", account.ClientId);
            json.WriteString("aud", account.TokenEndpoint.AbsoluteUri);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", now.ToUnixTimeSeconds() + LifetimeSeconds);
            json.WriteString("jti", unique);
        });
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>RFC 7638: SHA-256 of the required members in lexical order.</summary>
    public static string Thumbprint(RSA key)
    {
        var known = key.ExportParameters(includePrivateParameters: false);
        var canonical = $$"""{"e":"{{Base64Url.EncodeToString(known.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(known.Modulus)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)));
    }

    private static RSA Key(string pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize < 2048) throw new CryptographicException("too short");
            key.ExportParameters(includePrivateParameters: true);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new CallFailureException(
                FailureCodes.NotConfigured,
                $"The file of {DrCloudOptions.PrivateKeyFile} holds no RSA private key of at "
                    + "least 2048 bits in PEM without a password: the operator should replace it.");
        }
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(bytes.WrittenSpan);
    }
}
