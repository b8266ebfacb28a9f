using System.Security.Claims;

namespace HealthMcp.Access;

/// <summary>A caller on its way through the web server, which knows principals only. Its subject is the caller's key: sessions belong to it.</summary>
internal sealed class CallerPrincipal(Caller caller) : ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", caller.Key)], "healthmcp"))
{
    public Caller Caller { get; } = caller;

    /// <summary>Null when nobody was authenticated.</summary>
    public static Caller? Of(ClaimsPrincipal? principal) => (principal as CallerPrincipal)?.Caller;
}
