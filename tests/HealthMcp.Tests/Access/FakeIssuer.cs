using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Access;

/// <summary>Authorization servers in memory: metadata, keys and introspection, and how they fail.</summary>
internal sealed class FakeIssuer : HttpMessageHandler
{
    public const string Address = "https://issuer.test/tenant";
    public const string Other = "https://other.test";
    public const string Resource = "https://mcp.test/mcp";

    private int _jwks;

    public IReadOnlyList<TestKey> Keys { get; set; } =
        [TestKey.Rsa, TestKey.Pinned, TestKey.Ec256, TestKey.Ec384, TestKey.Encrypting, TestKey.Wrapping, TestKey.Weak];

    /// <summary>Nobody answers.</summary>
    public bool Down { get; set; }

    /// <summary>Answers wait for it.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Metadata and keys as another issuer, or nobody, would give them.</summary>
    public Func<string, string?> Replaced { get; set; } = _ => null;

    /// <summary>What introspection says of a token.</summary>
    public Func<string, JsonObject> Introspect { get; set; } = _ => new JsonObject { ["active"] = false };

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How often the keys of <see cref="Address"/> were fetched.</summary>
    public int KeyFetches => Volatile.Read(ref _jwks);

    public HttpMessageInvoker Invoker => new(this, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        Asked.Enqueue(address);
        if (Down) throw new HttpRequestException(HttpRequestError.ConnectionError, "nobody there");
        if (Hold is { } hold) await hold.Task.WaitAsync(cancellationToken);
        if (Replaced(address) is { } replaced) return Json(replaced);
        return address switch
        {
            "https://issuer.test/.well-known/oauth-authorization-server/tenant" => Json(Metadata(Address)),

            // This one is an OpenID provider only.
            "https://other.test/.well-known/openid-configuration" => Json(Metadata(Other)),
            $"{Address}/keys" => Json(CountedKeys()),
            $"{Other}/keys" => Json(KeySet([TestKey.Next])),
            $"{Address}/introspect" => Json(Introspect(Token(await request.Content!.ReadAsStringAsync(cancellationToken))).ToJsonString()),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    public static string Metadata(string issuer) => new JsonObject
    {
        ["issuer"] = issuer,
        ["jwks_uri"] = $"{issuer}/keys",
        ["introspection_endpoint"] = $"{issuer}/introspect",
    }.ToJsonString();

    public static string KeySet(IEnumerable<TestKey> keys)
    {
        // A shared secret has no place in a published set; one that stands there all the same must not be used.
        var secret = new JsonObject { ["kty"] = "oct", ["kid"] = "oct-1", ["k"] = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0" };
        return new JsonObject { ["keys"] = new JsonArray([secret, JsonValue.Create(5), .. keys.Select(key => (JsonNode)key.Jwk())]) }.ToJsonString();
    }

    private string CountedKeys()
    {
        Interlocked.Increment(ref _jwks);
        return KeySet(Keys);
    }

    private static string Token(string form) => Uri.UnescapeDataString(form.Split('&')[0]["token=".Length..]);

    private static HttpResponseMessage Json(string json) =>
        json.StartsWith("30", StringComparison.Ordinal)
            ? new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri(json[4..]) } }
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
