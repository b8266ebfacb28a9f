using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>How to sign in to PhenoML, on the live system or the sandbox.</summary>
internal sealed record PhenoMLAccount(Uri BaseAddress, string ClientId, string ClientSecret)
{
    /// <summary>One of <see cref="PhenoMLOptions.Ways"/>.</summary>
    public string SignIn { get; init; } = PhenoMLOptions.Basic;

    // The generated form would show the secret.
    public override string ToString() => nameof(PhenoMLAccount);
}

/// <summary>Settings of a live PhenoML instance.</summary>
internal sealed record PhenoMLOptions(PhenoMLAccount Account)
{
    public const string BaseUrl = "PHENOML_BASE_URL";
    public const string ClientId = "PHENOML_CLIENT_ID";
    public const string ClientSecret = "PHENOML_CLIENT_SECRET";

    public const string SignIn = "PHENOML_SIGN_IN";

    /// <summary>Credentials in the Authorization header of <c>/v2/auth/token</c> (RFC 6749, 2.3.1).</summary>
    public const string Basic = "basic";

    /// <summary>Credentials in a form body.</summary>
    public const string Form = "form";

    /// <summary>Credentials in a JSON body.</summary>
    public const string Json = "json";

    /// <summary>The older <c>/auth/token</c>, for instances that have no other.</summary>
    public const string Legacy = "legacy";

    public static readonly IReadOnlyList<string> Ways = [Basic, Form, Json, Legacy];

    /// <summary>Null without a problem when nothing is set; null with problems when something is missing or wrong.</summary>
    public static PhenoMLOptions? Read(Func<string, string?> setting, ICollection<string> problems)
    {
        if (new[] { BaseUrl, ClientId, ClientSecret }.All(name => string.IsNullOrWhiteSpace(setting(name)))) return null;
        var address = LiveAddress.Read(BaseUrl, setting(BaseUrl), problems);
        var id = Needed(ClientId, setting, problems);
        var secret = Needed(ClientSecret, setting, problems);
        var way = setting(SignIn)?.Trim().ToLowerInvariant() is { Length: > 0 } given ? given : Basic;
        if (!Ways.Contains(way)) problems.Add($"{SignIn} must be one of {string.Join(", ", Ways)}.");
        return address is null || id is null || secret is null || !Ways.Contains(way)
            ? null
            : new PhenoMLOptions(new PhenoMLAccount(address, id, secret) { SignIn = way });
    }

    private static string? Needed(string name, Func<string, string?> setting, ICollection<string> problems)
    {
        if (setting(name)?.Trim() is { Length: > 0 } value) return value;
        problems.Add($"{name} is missing: make API credentials in PhenoML's console and set both {ClientId} and {ClientSecret}.");
        return null;
    }
}
