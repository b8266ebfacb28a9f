namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>What the EHR granted, asked by FHIR type. SMART v1 <c>.read</c> and v2 letters; a scope narrowed by a query counts as nothing.</summary>
internal static class SignInScopes
{
    /// <summary>Asked for beside the types: an identity that carries our nonce, a refresh token, and the API itself.</summary>
    public static readonly IReadOnlyList<string> Base = ["openid", "fhirUser", "offline_access", "api:fhir"];

    /// <summary>The least that the tools can use. A public client is refused user/ scopes there, so it asks for one patient's.</summary>
    public static IReadOnlyList<string> ToAsk(DrCloudAccount account, bool onePatient)
    {
        if (account.Scopes.Any(scope => IsOf(scope, "user") || IsOf(scope, "patient"))) return account.Scopes;
        var patient = onePatient || account.ClientSecret is null;
        return patient ? [.. Base, "launch/patient", .. FhirTypes.PatientScopes] : [.. Base, .. FhirTypes.UserScopes];
    }

    /// <summary>In which role a type may be read: system, user, patient, or null for not at all.</summary>
    public static string? RoleFor(string type, IReadOnlyList<string> granted) =>
        new[] { "system", "user", "patient" }.FirstOrDefault(role => granted.Any(scope => IsOf(scope, role) && Reads(scope[(role.Length + 1)..], type)));

    private static bool IsOf(string scope, string role) => scope.StartsWith(role + "/", StringComparison.Ordinal);

    private static bool Reads(string rest, string type)
    {
        if (rest.Split('.') is not [var name, var how] || (name != type && name != "*")) return false;
        return how is "read" or "*" || (how.All(c => "cruds".Contains(c, StringComparison.Ordinal)) && how.Contains('r', StringComparison.Ordinal)
            && how.Contains('s', StringComparison.Ordinal));
    }
}
