namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>What a token lets be read, of the types that can be searched.</summary>
/// <param name="Readable">Types, each with the role in which it may be read.</param>
/// <param name="Missing">Types that were not granted, each with the roles that would open it.</param>
internal sealed record GrantReport(IReadOnlyList<(string Type, string Role)> Readable, IReadOnlyList<(string Type, IReadOnlyList<string> Roles)> Missing)
{
    /// <param name="hasPatient">The sign-in names the one patient that <c>patient/</c> scopes are for; without, those open nothing.</param>
    public static GrantReport Of(IReadOnlyList<string> granted, bool hasPatient)
    {
        var roles = FhirTypes.All.Select(type => (Type: type, Role: SignInScopes.RoleFor(type.Name, granted))).ToList();
        bool Opens(string? role) => role is not null && (role != "patient" || hasPatient);
        return new GrantReport(
            [.. roles.Where(r => Opens(r.Role)).Select(r => (r.Type.Name, r.Role!))],
            [.. roles.Where(r => !Opens(r.Role)).Select(r => (r.Type.Name, r.Type.Roles))]);
    }

    public bool OnePatientOnly => Readable.Any(r => r.Role == "patient");
}
