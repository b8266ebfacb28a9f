using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Where xCures is and what to sign in with. Without <paramref name="ProjectId"/> the only project of the account is used.</summary>
internal sealed record XCuresAccount(Uri BaseAddress, string ClientId, string ClientSecret, string? ProjectId)
{
    /// <summary>Without the secret: a record would print it.</summary>
    public override string ToString() => nameof(XCuresAccount);
}

/// <summary>Settings of the live system.</summary>
internal sealed record XCuresOptions(XCuresAccount Account)
{
    public const string BaseUrl = "XCURES_BASE_URL";
    public const string ClientId = "XCURES_CLIENT_ID";
    public const string ClientSecret = "XCURES_CLIENT_SECRET";
    public const string ProjectId = "XCURES_PROJECT_ID";

    private const string VendorBaseUrl = "https://partner.xcures.com";

    /// <returns>Null when nothing is set, or when something is wrong; then <paramref name="problems"/> says what, without values.</returns>
    public static XCuresOptions? Read(Func<string, string?> settings, ICollection<string> problems)
    {
        // An empty variable means "not set".
        string? Value(string name) => settings(name)?.Trim() is { Length: > 0 } value ? value : null;
        if (new[] { BaseUrl, ClientId, ClientSecret, ProjectId }.All(name => Value(name) is null)) return null;
        var before = problems.Count;
        var address = LiveAddress.Read(BaseUrl, Value(BaseUrl) ?? VendorBaseUrl, problems);
        if (Value(ClientId) is null) problems.Add($"{ClientId} is missing: it comes with the API key that xCures issues.");
        else if (!Guid.TryParseExact(Value(ClientId), "D", out _)) problems.Add($"{ClientId} must be a UUID.");
        if (Value(ClientSecret) is null) problems.Add($"{ClientSecret} is missing: it comes with the API key that xCures issues.");
        if (Value(ProjectId) is { } project && !Guid.TryParseExact(project, "D", out _))
        {
            problems.Add($"{ProjectId} must be a UUID; leave it out to use the account's only project.");
        }

        return problems.Count > before ? null : new(new XCuresAccount(address!, Value(ClientId)!, Value(ClientSecret)!, Value(ProjectId)));
    }
}
