using System.Security.Cryptography;

namespace HealthMcp.Access.Tokens;

internal enum KeyKind
{
    Rsa,
    EllipticCurve,
}

/// <summary>The signatures that are accepted (RFC 7518 section 3). No <c>none</c>, and nothing with a shared secret.</summary>
internal sealed record JwtAlgorithm(string Name, KeyKind Kind, HashAlgorithmName Hash)
{
    private static readonly JwtAlgorithm[] All =
    [
        new("RS256", KeyKind.Rsa, HashAlgorithmName.SHA256) { Padding = RSASignaturePadding.Pkcs1 },
        new("RS384", KeyKind.Rsa, HashAlgorithmName.SHA384) { Padding = RSASignaturePadding.Pkcs1 },
        new("RS512", KeyKind.Rsa, HashAlgorithmName.SHA512) { Padding = RSASignaturePadding.Pkcs1 },
        new("PS256", KeyKind.Rsa, HashAlgorithmName.SHA256) { Padding = RSASignaturePadding.Pss },
        new("PS384", KeyKind.Rsa, HashAlgorithmName.SHA384) { Padding = RSASignaturePadding.Pss },
        new("PS512", KeyKind.Rsa, HashAlgorithmName.SHA512) { Padding = RSASignaturePadding.Pss },
        new("ES256", KeyKind.EllipticCurve, HashAlgorithmName.SHA256) { Curve = "P-256" },
        new("ES384", KeyKind.EllipticCurve, HashAlgorithmName.SHA384) { Curve = "P-384" },
    ];

    public RSASignaturePadding? Padding { get; private init; }

    /// <summary>Each of the two goes with one curve only.</summary>
    public string? Curve { get; private init; }

    public static JwtAlgorithm? Find(string name) => Array.Find(All, algorithm => algorithm.Name == name);
}
