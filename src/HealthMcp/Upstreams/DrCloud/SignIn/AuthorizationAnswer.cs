using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

internal enum AnswerKind
{
    /// <summary>It does not carry our state, so it is nobody's business here: the sign-in goes on.</summary>
    NotOurs,

    /// <summary>It carries our state and still cannot be used.</summary>
    Broken,

    /// <summary>The person, or the server, said no.</summary>
    Denied,

    Code,
}

/// <summary>What a browser brought back. Nothing of it is ever shown: whoever can open a page on this machine can write it.</summary>
internal sealed record AuthorizationAnswer(AnswerKind Kind, string? Code = null, string? Error = null)
{
    private const string Unknown = "an error that is not in the standard";

    private static readonly AuthorizationAnswer Broken = new(AnswerKind.Broken);

    /// <summary>Errors of RFC 6749, 4.1.2.1, and OpenID that may be said, because they are words of the standard.</summary>
    private static readonly string[] KnownErrors =
    [
        "access_denied", "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope", "server_error", "temporarily_unavailable",
        "login_required", "consent_required", "interaction_required",
    ];

    public static AuthorizationAnswer Read(string query, AuthorizationRequest asked)
    {
        var given = QueryHelpers.ParseQuery(query);
        if (One(given, "state") is not { } state || !Same(state, asked.State)) return new AuthorizationAnswer(AnswerKind.NotOurs);
        if (given.Any(part => part.Value.Count > 1) || !IsFrom(asked.Server, given)) return Broken;
        var (code, error) = (One(given, "code"), One(given, "error"));
        return (code, error) switch
        {
            (null, not null) => new AuthorizationAnswer(AnswerKind.Denied, Error: KnownErrors.FirstOrDefault(known => known == error) ?? Unknown),
            ({ Length: <= 4096 }, null) => new AuthorizationAnswer(AnswerKind.Code, code),
            _ => Broken,
        };
    }

    // RFC 9207: an answer of another server must not make us send it our code's verifier, nor its code to ours.
    private static bool IsFrom(SmartConfiguration server, Dictionary<string, StringValues> given)
    {
        if (One(given, "iss") is not { } issuer) return !server.NamesItself && !given.ContainsKey("iss");
        if (server.Issuer is { } known) return issuer == known;
        return Uri.TryCreate(issuer, UriKind.Absolute, out var uri) && SmartConfiguration.SameOrigin(uri, server.Authorize);
    }

    private static string? One(Dictionary<string, StringValues> given, string name) =>
        given.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    // The generated form would show the code.
    public override string ToString() => Kind.ToString();
}
