using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Access;

/// <summary>A key pair of a made-up issuer, or of somebody who would like to be one. Made once: keys are slow to make.</summary>
internal sealed class TestKey
{
    public static readonly TestKey Rsa = new("rsa-1", RSA.Create(2048));
    public static readonly TestKey Next = new("rsa-2", RSA.Create(2048));
    public static readonly TestKey Pinned = new("pinned-1", RSA.Create(2048)) { Algorithm = "PS256" };
    public static readonly TestKey Ec256 = new("ec-1", ECDsa.Create(ECCurve.NamedCurves.nistP256));
    public static readonly TestKey Ec384 = new("ec-2", ECDsa.Create(ECCurve.NamedCurves.nistP384));
    public static readonly TestKey Encrypting = new("enc-1", RSA.Create(2048)) { Use = "enc" };
    public static readonly TestKey Wrapping = new("wrap-1", RSA.Create(2048)) { Operations = ["wrapKey"] };
    public static readonly TestKey Weak = new("weak-1", RSA.Create(1024));
    public static readonly TestKey Attacker = new("rsa-1", RSA.Create(2048));

    private readonly Lock _gate = new();
    private readonly RSA? _rsa;
    private readonly ECDsa? _ec;

    private TestKey(string id, RSA rsa) => (Id, _rsa) = (id, rsa);

    private TestKey(string id, ECDsa ec) => (Id, _ec) = (id, ec);

    public string Id { get; }

    public string? Algorithm { get; private init; }

    public string Use { get; private init; } = "sig";

    public string[]? Operations { get; private init; }

    /// <summary>The public key as PEM: the text that RS/HS confusion uses as a shared secret.</summary>
    public string Pem => _rsa!.ExportSubjectPublicKeyInfoPem();

    public JsonObject Jwk()
    {
        var jwk = new JsonObject { ["kid"] = Id, ["use"] = Use };
        if (Algorithm is not null) jwk["alg"] = Algorithm;
        if (Operations is not null) jwk["key_ops"] = new JsonArray([.. Operations.Select(o => (JsonNode?)JsonValue.Create(o))]);
        if (_rsa is not null)
        {
            var rsa = _rsa.ExportParameters(false);
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Text(rsa.Modulus!), Text(rsa.Exponent!));
            return jwk;
        }

        var ec = _ec!.ExportParameters(false);
        (jwk["kty"], jwk["crv"], jwk["x"], jwk["y"]) = ("EC", _ec.KeySize == 256 ? "P-256" : "P-384", Text(ec.Q.X!), Text(ec.Q.Y!));
        return jwk;
    }

    /// <summary>Signs as <paramref name="algorithm"/> says; what names none of them is signed as RS256 or ES256 all the same.</summary>
    public byte[] Sign(string algorithm, byte[] data, bool der = false)
    {
        var hash = algorithm[^3..] switch { "384" => HashAlgorithmName.SHA384, "512" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };
        var format = der ? DSASignatureFormat.Rfc3279DerSequence : DSASignatureFormat.IeeeP1363FixedFieldConcatenation;
        lock (_gate)
        {
            return _rsa is { } rsa
                ? rsa.SignData(data, hash, algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
                : _ec!.SignData(data, hash, format);
        }
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
