using HealthMcp.Catalog;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>
/// What the EHR granted to this server, held against what a call needs. It is asked before anything is sent, and again where the EHR refuses: that it
/// lacks a scope it says with an empty 401, which elsewhere means a bad token.
/// </summary>
internal static class GrantCheck
{
    /// <exception cref="CallFailureException">What was granted is known, and the type is not in it.</exception>
    public static void Require(FhirType type, IReadOnlyList<string>? granted)
    {
        if (granted is not null && SignInScopes.RoleFor(type.Name, granted) is null) throw Refused(type, granted);
    }

    /// <summary>The vendor's refusals have no body, or an empty list.</summary>
    public static bool IsBare(ReadOnlyMemory<byte> body) => body.Span.Trim(" \t\r\n"u8) is var text && (text.IsEmpty || text.SequenceEqual("[]"u8));

    public static CallFailureException Refused(FhirType type, IReadOnlyList<string>? granted)
    {
        var wanted = string.Join(" or ", type.Roles.Select(role => $"{role}/{type.Name}.read"));
        var role = granted is null ? null : SignInScopes.RoleFor(type.Name, granted);
        var why = role switch
        {
            "patient" => "its sign-in is for one patient, and this is not of that patient's record, or an administrator there must allow it to the account",
            { } => "although the scope was granted: an administrator there must allow it to the account",
            _ when type.Roles is ["patient"] => "it opens this only to a sign-in for one patient: the operator can run `healthmcp login drcloud --patient`",
            _ when granted is null => $"most likely for want of a scope: the operator must register and request {wanted} ({DrCloudOptions.Scopes})",
            _ => $"because it was not granted {wanted}: the operator must register and request one of them ({DrCloudOptions.Scopes})",
        };
        return new CallFailureException(
            FailureCodes.UpstreamForbidden,
            $"The EHR does not let this server's account read {type.Name} ({why}). Repeating the call will not help.");
    }
}
