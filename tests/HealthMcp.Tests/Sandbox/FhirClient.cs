using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Sandbox;

/// <summary>Signs in to the sandbox's DrCloudEHR as a client with a registered key does.</summary>
internal static class FhirClient
{
    private static int _assertions;

    public static string Assertion(
        SandboxClient client,
        string? audience = null,
        string? issuer = null,
        TimeSpan? expires = null,
        string algorithm = "RS384",
        string? key = null)
    {
        var at = client.At.DrCloud;
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = at.KeyId };
        var claims = new JsonObject
        {
            ["iss"] = issuer ?? at.ClientId,
            ["sub"] = at.ClientId,
            ["aud"] = audience ?? at.TokenUri.ToString(),
            ["exp"] = (DateTimeOffset.UtcNow + (expires ?? TimeSpan.FromMinutes(2))).ToUnixTimeSeconds(),
            ["jti"] = $"assertion-{Interlocked.Increment(ref _assertions)}",
        };
        var signed = Encode(header) + "." + Encode(claims);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key ?? at.PrivateKeyPem);
        return signed + "." + Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1));
    }

    public static Task<Reply> SignInAsync(
        SandboxClient client, string assertion, string scope) => client.SendAsync(new(HttpMethod.Post, client.At.DrCloud.TokenUri)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
            ["scope"] = scope,
        }),
    });

    public static async Task<Reply> GetAsync(SandboxClient client, string pathAndQuery, string? scope = null)
    {
        var type = pathAndQuery.Split('/', '?')[0];
        var token = (await SignInAsync(client, Assertion(client), scope ?? $"system/{type}.read system/Provenance.read")).Object["access_token"]!.ToString();
        return await client.SendAsync(SandboxClient.Bearer(new(HttpMethod.Get, new Uri(client.At.DrCloud.FhirBase, pathAndQuery)), token));
    }

    public static async Task<IReadOnlyList<JsonObject>> SearchAsync(SandboxClient client, string pathAndQuery)
    {
        var reply = await GetAsync(client, pathAndQuery);
        reply.Status.ShouldBe(HttpStatusCode.OK);
        return [.. (reply.Object["entry"] as JsonArray ?? []).Select(entry => entry!["resource"]!.AsObject())];
    }

    private static string Encode(JsonObject node) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(node.ToJsonString()));
}
