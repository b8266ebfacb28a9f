using System.Buffers.Text;
using System.Text.Json.Nodes;
using static HealthMcp.Tests.Access.RequestCase;

namespace HealthMcp.Tests.Access;

/// <summary>Requests to a protected server, good and hostile, each with what it must get.</summary>
internal static class RequestTable
{
    private static readonly string Own = TestKey.Attacker.Jwk().ToJsonString();

    public static readonly IReadOnlyDictionary<string, RequestCase> Cases = new Dictionary<string, RequestCase>(StringComparer.Ordinal)
    {
        // Good ones: what is refused below is refused for its fault, not because everything is.
        ["RS256"] = Good(t => t),
        ["RS384"] = Good(t => t with { Algorithm = "RS384" }),
        ["RS512"] = Good(t => t with { Algorithm = "RS512" }),
        ["PS256"] = Good(t => t with { Algorithm = "PS256" }),
        ["PS384"] = Good(t => t with { Algorithm = "PS384" }),
        ["PS512"] = Good(t => t with { Algorithm = "PS512" }),
        ["ES256"] = Good(t => t with { Algorithm = "ES256", Key = TestKey.Ec256 }),
        ["ES384"] = Good(t => t with { Algorithm = "ES384", Key = TestKey.Ec384 }),
        ["key for one algorithm, used so"] = Good(t => t with { Algorithm = "PS256", Key = TestKey.Pinned }),
        ["second issuer, OpenID form"] = Good(t => t with { Issuer = FakeIssuer.Other, Key = TestKey.Next }),
        ["typ JWT"] = Good(t => t with { Header = h => h["typ"] = "JWT" }),
        ["typ application/at+jwt"] = Good(t => t with { Header = h => h["typ"] = "application/at+jwt" }),
        ["several audiences"] = Good(t => t with { Claims = c => c["aud"] = new JsonArray("https://else.test", FakeIssuer.Resource) }),
        ["scp array"] = Good(t => t with { Claims = c => { c.Remove("scope"); c["scp"] = new JsonArray("xcures/subjects.read"); } }),
        ["no scope at all"] = Good(t => t with { Claims = c => c.Remove("scope") }),
        ["expired within the skew"] = Good(t => t with { Claims = c => c["exp"] = Seconds(t, -20) }),
        ["nbf within the skew"] = Good(t => t with { Claims = c => c["nbf"] = Seconds(t, 20) }),
        ["exp with a fraction"] = Good(t => t with { Claims = c => c["exp"] = Seconds(t, 60) + 0.5 }),
        ["jku and x5u that nobody reads"] = Good(t => t with { Header = h => (h["jku"], h["x5u"]) = ("https://evil.test/jku", "https://evil.test/x5u") }),
        ["scheme in small letters"] = GoodText(t => $"bearer {t.Make()}"),

        // No proof.
        ["no header"] = Unproven(_ => { }),
        ["empty header"] = Unproven(Raw("")),
        ["Basic"] = Unproven(Raw("Basic YWxpY2U6c2VjcmV0")),
        ["DPoP scheme"] = Unproven(Raw("DPoP abc")),

        // Sent the wrong way.
        ["two headers, both good"] = Misused(t => Raw($"Bearer {t.Make()}", $"Bearer {t.Make()}")),
        ["two headers, one good"] = Misused(t => Raw($"Bearer {t.Make()}", "Basic YWxpY2U6c2VjcmV0")),
        ["two tokens in one header"] = Misused(t => Raw($"Bearer {t.Make()}, Bearer {t.Make()}")),
        ["two words in one header"] = Misused(t => Raw($"Bearer {t.Make()} {t.Make()}")),
        ["token in the address"] = Misused(t => InAddress("access_token", t.Make())),
        ["token in the address and in the header"] = Misused(t => InAddress("access_token", t.Make(), $"Bearer {t.Make()}")),
        ["token in the address in capitals"] = Misused(t => InAddress("ACCESS_TOKEN", t.Make())),
        ["token in the address under another name"] = Misused(t => InAddress("token", t.Make(), $"Bearer {t.Make()}")),

        // Form.
        ["Bearer and nothing"] = BadText(_ => ""),
        ["one word"] = BadText(_ => "opaque"),
        ["two parts"] = BadText(t => t.Signed()),
        ["four parts"] = BadText(t => $"{t.Make()}.AAAA"),
        ["five parts, as encrypted"] = BadText(t => $"{t.Make()}.AAAA.AAAA"),
        ["empty signature"] = BadText(t => $"{t.Signed()}."),
        ["oversized"] = BadText(t => (t with { Claims = c => c["pad"] = new string('x', 13_000) }).Make()),
        ["padding"] = BadText(t => $"{t.Make()}=="),
        ["stray low bits"] = BadText(t => StrayBits(t.MakeWith(new byte[256]))),
        ["header is no object"] = Bad(t => t with { HeaderText = _ => "[]" }),
        ["claims are no object"] = Bad(t => t with { ClaimsText = _ => "5" }),
        ["claims are no JSON"] = Bad(t => t with { ClaimsText = text => text[..^1] }),
        ["claims are no UTF-8"] = Bad(t => t with { ClaimsText = text => text.Replace("alice", "al\u00edce", StringComparison.Ordinal) }),
        ["claims are nested without end"] = Bad(t => t with { ClaimsText = text => Nested(text) }),

        // Algorithm and key.
        ["alg none"] = BadText(t => $"{(t with { Header = h => h["alg"] = "none" }).Signed()}."),
        ["alg none with a signature"] = Bad(t => t with { Header = h => h["alg"] = "none" }),
        ["alg None"] = Bad(t => t with { Header = h => h["alg"] = "None" }),
        ["alg in small letters"] = Bad(t => t with { Header = h => h["alg"] = "rs256" }),
        ["alg missing"] = Bad(t => t with { Header = h => h.Remove("alg") }),
        ["alg is a list"] = Bad(t => t with { Header = h => h["alg"] = new JsonArray("RS256") }),
        ["HS256 with the public key"] = BadText(t => (t with { Header = h => h["alg"] = "HS256" }).MakeHmac(TestKey.Rsa.Pem)),
        ["HMAC said to be RS256"] = BadText(t => t.MakeHmac(TestKey.Rsa.Pem)),
        ["HS256 with a published secret"] =
            BadText(t => (t with { Header = h => (h["alg"], h["kid"]) = ("HS256", "oct-1") }).MakeHmac("secret-secret-secret-secret")),
        ["RS256 said to be ES256"] = Bad(t => t with { Header = h => h["alg"] = "ES256" }),
        ["RS256 said to be PS256"] = Bad(t => t with { Header = h => h["alg"] = "PS256" }),
        ["ES256 with the other curve's key"] = Bad(t => t with { Algorithm = "ES256", Key = TestKey.Ec384 }),
        ["ES512"] = Bad(t => t with { Algorithm = "ES512", Key = TestKey.Ec384 }),
        ["key for one algorithm, used for another"] = Bad(t => t with { Key = TestKey.Pinned }),
        ["key for encryption"] = Bad(t => t with { Key = TestKey.Encrypting }),
        ["key for wrapping"] = Bad(t => t with { Key = TestKey.Wrapping }),
        ["key too short"] = Bad(t => t with { Key = TestKey.Weak }),
        ["another's key under a known id"] = Bad(t => t with { Key = TestKey.Attacker }),
        ["header jwk"] = Bad(t => t with { Key = TestKey.Attacker, Header = h => h["jwk"] = JsonNode.Parse(Own) }),
        ["header jku"] = Bad(t => t with { Key = TestKey.Attacker, Header = h => h["jku"] = "https://evil.test/keys" }),
        ["header x5u"] = Bad(t => t with { Key = TestKey.Attacker, Header = h => h["x5u"] = "https://evil.test/chain" }),
        ["header x5c"] = Bad(t => t with { Key = TestKey.Attacker, Header = h => h["x5c"] = new JsonArray("MIIB") }),
        ["kid unknown"] = Bad(t => t with { Header = h => h["kid"] = "rsa-9" }),
        ["kid is a path"] = Bad(t => t with { Header = h => h["kid"] = "../../../../dev/null" }),
        ["kid is an address"] = Bad(t => t with { Header = h => h["kid"] = "https://evil.test/keys" }),
        ["kid is a query"] = Bad(t => t with { Header = h => h["kid"] = "x' UNION SELECT 'secret" }),
        ["kid in another case"] = Bad(t => t with { Header = h => h["kid"] = "RSA-1" }),
        ["kid missing"] = Bad(t => t with { Header = h => h.Remove("kid") }),
        ["kid is a number"] = Bad(t => t with { Header = h => h["kid"] = 1 }),
        ["key of the other issuer"] = Bad(t => t with { Key = TestKey.Next }),
        ["signature of another token"] = BadText(t => $"{t.Signed()}.{(t with { Subject = "mallory" }).Make().Split('.')[2]}"),
        ["claims exchanged"] = BadText(Exchanged),
        ["signature of zeros"] = BadText(t => (t with { Algorithm = "ES256", Key = TestKey.Ec256 }).MakeWith(new byte[64])),
        ["signature in DER"] = BadText(t => (t with { Algorithm = "ES256", Key = TestKey.Ec256 }).MakeDer()),
        ["signature with a byte more"] = BadText(t => Longer(t.Make())),

        // Header.
        ["crit unknown"] = Bad(t => t with { Header = h => (h["crit"], h["exp"]) = (new JsonArray("exp"), 1) }),
        ["crit b64"] = Bad(t => t with { Header = h => (h["crit"], h["b64"]) = (new JsonArray("b64"), false) }),
        ["crit empty"] = Bad(t => t with { Header = h => h["crit"] = new JsonArray() }),
        ["typ missing"] = Bad(t => t with { Header = h => h.Remove("typ") }),
        ["typ of a DPoP proof"] = Bad(t => t with { Header = h => h["typ"] = "dpop+jwt" }),
        ["typ of a logout token"] = Bad(t => t with { Header = h => h["typ"] = "logout+jwt" }),
        ["alg twice"] = Bad(t => t with { HeaderText = text => text.Replace("{", "{\"alg\":\"none\",", StringComparison.Ordinal) }),

        // Issuer and audience.
        ["issuer with a slash more"] = Bad(t => t with { Issuer = $"{FakeIssuer.Address}/" }),
        ["issuer in capitals"] = Bad(t => t with { Issuer = FakeIssuer.Address.ToUpperInvariant() }),
        ["issuer unknown"] = Bad(t => t with { Issuer = "https://evil.test" }),
        ["issuer over http"] = Bad(t => t with { Issuer = "http://issuer.test/tenant" }),
        ["issuer missing"] = Bad(t => t with { Claims = c => c.Remove("iss") }),
        ["issuer is a list"] = Bad(t => t with { Claims = c => c["iss"] = new JsonArray(FakeIssuer.Address) }),
        ["issuer twice"] = Bad(t => t with { ClaimsText = text => text.Replace("{", "{\"iss\":\"https://evil.test\",", StringComparison.Ordinal) }),
        ["audience of another resource"] = Bad(t => t with { Claims = c => c["aud"] = "https://else.test/mcp" }),
        ["audience with a slash more"] = Bad(t => t with { Claims = c => c["aud"] = $"{FakeIssuer.Resource}/" }),
        ["audience that only begins alike"] = Bad(t => t with { Claims = c => c["aud"] = "https://mcp.test" }),
        ["audience missing"] = Bad(t => t with { Claims = c => c.Remove("aud") }),
        ["audience is a number"] = Bad(t => t with { Claims = c => c["aud"] = 1 }),
        ["audience empty"] = Bad(t => t with { Claims = c => c["aud"] = new JsonArray() }),
        ["audiences of other kinds"] = Bad(t => t with { Claims = c => c["aud"] = new JsonArray(1, FakeIssuer.Resource) }),
        ["audience twice"] = Bad(t => t with { ClaimsText = text => text.Replace("{", "{\"aud\":\"https://else.test\",", StringComparison.Ordinal) }),
        ["audience twice, once escaped"] =
            Bad(t => t with { ClaimsText = text => text.Replace("{", "{\"\\u0061ud\":\"https://else.test\",", StringComparison.Ordinal) }),

        // Times.
        ["expired"] = Bad(t => t with { Claims = c => c["exp"] = Seconds(t, -31) }),
        ["exp missing"] = Bad(t => t with { Claims = c => c.Remove("exp") }),
        ["exp is a string"] = Bad(t => t with { Claims = c => c["exp"] = Number(Seconds(t, 300)) }),
        ["exp is null"] = Bad(t => t with { Claims = c => c["exp"] = null }),
        ["exp beyond all time"] = Bad(t => t with { Claims = c => c["exp"] = 1e300 }),
        ["exp negative"] = Bad(t => t with { Claims = c => c["exp"] = -1 }),
        ["nbf in the future"] = Bad(t => t with { Claims = c => c["nbf"] = Seconds(t, 31) }),
        ["nbf is a string"] = Bad(t => t with { Claims = c => c["nbf"] = Number(Seconds(t, -60)) }),
        ["iat in the future"] = Bad(t => t with { Claims = c => c["iat"] = Seconds(t, 3600) }),

        // Who, and what for.
        ["sub missing"] = Bad(t => t with { Claims = c => c.Remove("sub") }),
        ["sub is a number"] = Bad(t => t with { Claims = c => c["sub"] = 5 }),
        ["sub empty"] = Bad(t => t with { Claims = c => c["sub"] = "" }),
        ["sub is half a character"] = Bad(t => t with { ClaimsText = text => text.Replace("alice", "\\ud800", StringComparison.Ordinal) }),
        ["scope is a number"] = Bad(t => t with { Claims = c => c["scope"] = 5 }),
        ["scp of other kinds"] = Bad(t => t with { Claims = c => { c.Remove("scope"); c["scp"] = new JsonArray(5); } }),
        ["bound to a key"] = Bad(t => t with { Claims = c => c["cnf"] = new JsonObject { ["jkt"] = "abc" } }),
    };

    private static long Seconds(TokenMaker tokens, int from) => tokens.Now.ToUnixTimeSeconds() + from;

    private static string Nested(string text) =>
        $"{text[..^1]},\"deep\":{string.Concat(Enumerable.Repeat("[", 40))}{string.Concat(Enumerable.Repeat("]", 40))}}}";

    // A signature of 256 bytes ends in four bits that mean nothing.
    private static string StrayBits(string token) => $"{token[..^1]}{(token[^1] == 'A' ? 'B' : 'A')}";

    private static string Exchanged(TokenMaker tokens)
    {
        var (good, wider) = (tokens.Make().Split('.'), (tokens with { Scope = "phi/identified" }).Signed().Split('.'));
        return $"{good[0]}.{wider[1]}.{good[2]}";
    }

    private static string Longer(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString([.. Base64Url.DecodeFromChars(parts[2]), 0])}";
    }
}
