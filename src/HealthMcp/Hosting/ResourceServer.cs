using HealthMcp.Access;
using HealthMcp.Access.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Hosting;

/// <summary>
/// The door of an OAuth 2.1 protected resource: a request comes in with a good token for this resource, or gets a challenge that says how
/// to obtain one. The token itself goes no further than this class, neither to a log nor to a system.
/// </summary>
internal sealed class ResourceServer(ITokenCheck tokens, Challenge challenge, IReadOnlyList<string> firstScopes, CallerGate gate, ILogger<ResourceServer> log)
{
    private const string RetryIssuer = "10";

    public async ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context)
    {
        if (!PrivateWay.Leads(context))
        {
            return Refuse(StatusCodes.Status403Forbidden, "Tokens are taken over https only: the proxy must say so with X-Forwarded-Proto.");
        }

        var bearer = BearerHeader.Read(context.Request);
        switch (bearer.Form)
        {
            case BearerForm.Missing:
                return AuthenticationOutcome.Refuse(StatusCodes.Status401Unauthorized, challenge.Of(firstScopes));
            case BearerForm.Misused:
                log.LogWarning("A request was refused: {Reason}", bearer.Form);
                return AuthenticationOutcome.Refuse(StatusCodes.Status400BadRequest, challenge.Of(firstScopes, "invalid_request")) with { Says = bearer.Says };
            case BearerForm.Malformed:
                return Invalid(TokenFault.Malformed);
            default:
                return Admit(await tokens.CheckAsync(bearer.Token, Sender.Of(context), context.RequestAborted));
        }
    }

    /// <summary>All scopes that the operation needs, at once: a client that was sent for one after the other would ask its user as often.</summary>
    public AuthenticationOutcome Insufficient(AccessVerdict verdict, string says) =>
        AuthenticationOutcome.Refuse(
            StatusCodes.Status403Forbidden,
            verdict.ObtainableByScope ? challenge.Of(verdict.Required, "insufficient_scope", "The operation needs these scopes.") : null) with { Says = says };

    private AuthenticationOutcome Admit(TokenVerdict verdict)
    {
        if (verdict.Wait > TimeSpan.Zero)
        {
            log.LogWarning("A token was not checked: too many bad ones came from its sender");
            return CallerGate.TooMany(verdict.Wait);
        }

        if (verdict.IsUnavailable)
        {
            log.LogWarning("A token could not be checked: its issuer cannot be reached");
            return Refuse(StatusCodes.Status503ServiceUnavailable, "Tokens cannot be checked now: try again soon.") with { RetryAfter = RetryIssuer };
        }

        return verdict.Claims is { } claims ? gate.Admit(claims) : Invalid(verdict.Fault!.Value);
    }

    private AuthenticationOutcome Invalid(TokenFault fault)
    {
        log.LogInformation("A token was refused: {Reason}", fault);
        return AuthenticationOutcome.Refuse(StatusCodes.Status401Unauthorized, challenge.Of(firstScopes, "invalid_token", Describe(fault)));
    }

    // What a client can act on, and no hint of which check an attempt has passed.
    private static string Describe(TokenFault fault) => fault switch
    {
        TokenFault.Expired => "The token has expired.",
        TokenFault.Audience => "The token is meant for another resource.",
        TokenFault.SenderBound => "The token is bound to a key, which is not supported.",
        _ => "The token is not valid here.",
    };

    private static AuthenticationOutcome Refuse(int status, string says) => AuthenticationOutcome.Refuse(status) with { Says = says };
}
