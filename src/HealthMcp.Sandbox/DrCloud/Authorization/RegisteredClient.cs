using System.Security.Cryptography;
using System.Text;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Authorization;

/// <summary>The applications that are registered: a confidential one with a secret and a key, and a native one without either.</summary>
internal sealed record RegisteredClient(string Id, string? Secret)
{
    private const string WebRedirect = "https://client.example.org/callback";

    public static readonly RegisteredClient Private = new(DrCloudSystem.ClientId, Fixed("client-secret"));

    public static readonly RegisteredClient Native = new(Fixed("native-client"), null);

    public bool IsPublic => Secret is null;

    public static RegisteredClient? Find(string? id) => new[] { Private, Native }.FirstOrDefault(client => client.Id == id);

    /// <summary>HTTP Basic for the one with a secret, the id in the body for the other.</summary>
    public static RegisteredClient? Authenticated(string? basic, string? idInBody)
    {
        if (basic is null) return Find(idInBody) is { IsPublic: true } open ? open : null;
        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(basic));
            var cut = pair.IndexOf(':', StringComparison.Ordinal);
            return cut > 0 && Find(pair[..cut]) is { Secret: { } secret } known && Same(secret, pair[(cut + 1)..]) ? known : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>A native client's address on this machine matches with any port (RFC 8252, 7.3); everything else letter by letter.</summary>
    public static bool Allows(string redirect) =>
        redirect == WebRedirect || (Uri.TryCreate(redirect, UriKind.Absolute, out var uri)
            && uri is { Scheme: "http", Host: "127.0.0.1" or "[::1]", AbsolutePath: "/callback", Query: "", Fragment: "" });

    private static string Fixed(string what) => DeterministicId.Of("drcloud", what).Replace("-", "", StringComparison.Ordinal);

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
