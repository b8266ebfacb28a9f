namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>What the EHR granted, asked by FHIR type. SMART v1 <c>.read</c> and v2 letters; a scope narrowed by a query counts as nothing.</summary>
internal static class SignInScopes
{
    /// <summary>Asked for beside the types: an identity that carries our nonce, a refresh token, and the API itself.</summary>
    public static readonly IReadOnlyList<string> Base = ["openid", "fhirUser", "offline_access", "api:fhir"];

    /// <summary>The one write that the vendor lists. It is asked for only where the operator says so.</summary>
    public const string Write = "user/Practitioner.write";

    /// <summary>The least that the tools can use. A public client is refused user/ scopes there, so it asks for one patient's.</summary>
    public static IReadOnlyList<string> ToAsk(DrCloudAccount account, bool onePatient, bool write = false)
    {
        if (account.Scopes.Any(scope => IsOf(scope, "user") || IsOf(scope, "patient")))
            return write && !account.Scopes.Contains(Write) ? [.. account.Scopes, Write] : account.Scopes;
        var patient = onePatient || account.ClientSecret is null;
        if (patient) return [.. Base, "launch/patient", .. FhirTypes.PatientScopes];
        return [.. Base, .. FhirTypes.UserScopes, .. write ? [Write] : Array.Empty<string>()];
    }

    /// <summary>
    /// Whether a type may be written: SMART v1 <c>.write</c>, or v2 with the letter of the interaction. A patient's grant writes nothing here.
    /// </summary>
    /// <param name="letter">c to make, u to change.</param>
    public static bool MayWrite(string type, char letter, IReadOnlyList<string> granted) =>
        granted.Where(scope => IsOf(scope, "system") || IsOf(scope, "user")).Any(scope => scope.Split('/')[1].Split('.') is [var name, var how]
            && (name == type || name == "*")
            && (how is "write" or "*" || (how.All(c => "cruds".Contains(c, StringComparison.Ordinal)) && how.Contains(letter, StringComparison.Ordinal))));

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
