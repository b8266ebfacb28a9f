using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Where the Patients API is, which organisation is worked in, and the token.</summary>
internal sealed record PatientsAccount(Uri BaseAddress, string OrgId, string ApiToken)
{
    /// <summary>Without the token: a record would print it.</summary>
    public override string ToString() => nameof(PatientsAccount);
}

/// <summary>Settings of the live system.</summary>
internal sealed record PatientsOptions(PatientsAccount Account)
{
    public const string BaseUrl = "PATIENTS_BASE_URL";
    public const string OrgId = "PATIENTS_ORG_ID";
    public const string ApiToken = "PATIENTS_API_TOKEN";

    /// <returns>Null when nothing is set, or when something is wrong; then <paramref name="problems"/> says what, without values.</returns>
    public static PatientsOptions? Read(Func<string, string?> settings, ICollection<string> problems)
    {
        // An empty variable means "not set".
        string? Value(string name) => settings(name)?.Trim() is { Length: > 0 } value ? value : null;
        if (new[] { BaseUrl, OrgId, ApiToken }.All(name => Value(name) is null)) return null;
        var before = problems.Count;
        var address = LiveAddress.Read(BaseUrl, Value(BaseUrl), problems);
        if (Value(OrgId) is null) problems.Add($"{OrgId} is missing: the organisation's id as it stands in the API's paths.");
        else if (Value(OrgId) is "." or ".." || !Value(OrgId)!.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            problems.Add($"{OrgId} may hold letters, digits, dots, hyphens and underscores only.");
        }

        if (Value(ApiToken) is null) problems.Add($"{ApiToken} is missing: a bearer token of the API.");
        else if (Value(ApiToken)!.Any(c => c is <= ' ' or > '~'))
        {
            problems.Add($"{ApiToken} holds characters that no token has: check for a line break or quotes.");
        }

        return problems.Count > before ? null : new(new PatientsAccount(address!, Value(OrgId)!, Value(ApiToken)!));
    }
}
