using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Access;

/// <summary>Makes tokens that are good unless a test says otherwise.</summary>
internal sealed record TokenMaker(DateTimeOffset Now)
{
    public TestKey Key { get; init; } = TestKey.Rsa;

    public string Algorithm { get; init; } = "RS256";

    public string Issuer { get; init; } = FakeIssuer.Address;

    public string Subject { get; init; } = "alice";

    public string Scope { get; init; } = "xcures/subjects.read";

    public Action<JsonObject> Header { get; init; } = _ => { };

    public Action<JsonObject> Claims { get; init; } = _ => { };

    /// <summary>Last change of the texts before they are encoded: for what no JSON writer would write.</summary>
    public Func<string, string> HeaderText { get; init; } = text => text;

    public Func<string, string> ClaimsText { get; init; } = text => text;

    public string Make()
    {
        var signed = Signed();
        return $"{signed}.{Text(Key.Sign(Algorithm, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>With an EC signature as TLS writes it, which JWS does not.</summary>
    public string MakeDer()
    {
        var signed = Signed();
        return $"{signed}.{Text(Key.Sign(Algorithm, Encoding.ASCII.GetBytes(signed), der: true))}";
    }

    /// <summary>Signed with a shared secret.</summary>
    public string MakeHmac(string secret)
    {
        var signed = Signed();
        return $"{signed}.{Text(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    public string MakeWith(byte[] signature) => $"{Signed()}.{Text(signature)}";

    public string Signed()
    {
        var header = new JsonObject { ["typ"] = "at+jwt", ["alg"] = Algorithm, ["kid"] = Key.Id };
        Header(header);
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = FakeIssuer.Resource,
            ["sub"] = Subject,
            ["iat"] = Now.ToUnixTimeSeconds() - 5,
            ["exp"] = Now.ToUnixTimeSeconds() + 300,
            ["scope"] = Scope,
        };
        Claims(claims);
        return $"{Text(HeaderText(header.ToJsonString()))}.{Text(ClaimsText(claims.ToJsonString()))}";
    }

    // Latin-1 keeps a byte a byte, so that a test can write what is no UTF-8.
    private static string Text(string json) => Text(Encoding.Latin1.GetBytes(json));

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
