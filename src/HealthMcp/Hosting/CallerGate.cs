using System.Globalization;
using HealthMcp.Access;
using HealthMcp.Access.Tokens;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Hosting;

/// <summary>Makes the caller of a good token, and lets it in as often as it may ask.</summary>
internal sealed class CallerGate(Func<string, string, string> keyOf, CallerRate rate)
{
    public AuthenticationOutcome Admit(TokenClaims claims) =>
        Admit(new Caller(keyOf(claims.Issuer, claims.Subject), "http", claims.Scopes) { CanObtainMore = true });

    public AuthenticationOutcome Admit(Caller caller)
    {
        var wait = rate.Take(caller.Key);
        return wait == TimeSpan.Zero
            ? AuthenticationOutcome.Allow(new CallerPrincipal(caller))
            : TooMany(wait);
    }

    public static AuthenticationOutcome TooMany(TimeSpan wait) => AuthenticationOutcome.Refuse(StatusCodes.Status429TooManyRequests) with
    {
        Says = "Too many requests: wait as long as Retry-After says.",
        RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture),
    };
}
