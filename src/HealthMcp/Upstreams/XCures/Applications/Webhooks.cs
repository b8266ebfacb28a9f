using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Applications;

/// <summary>Addresses that xCures calls with news of an application.</summary>
internal interface IWebhooks
{
    string? OnConsentWebhookUrl { get; }

    string? OnIdentityValidationWebhookUrl { get; }

    string? OnQueryResultWebhookUrl { get; }
}

/// <summary>What is asked of such addresses. Whoever names one is told about the applicant's consent and records, so it must be meant.</summary>
internal static class Webhooks
{
    public const string OnConsent =
        "Address of your own (https) that xCures calls when the applicant accepts or denies consent. Only one that the user has named.";
    public const string OnIdentityValidation = "Address of your own (https) that xCures calls when the identity was checked. Only one that the user has named.";
    public const string OnQueryResult = "Address of your own (https) that xCures calls when records were found. Only one that the user has named.";

    public const string Warning =
        "xCures will report the applicant's consent, identity check or records to the web addresses given: check that the user named them and owns them.";

    /// <exception cref="CallFailureException">An address is not one of a public web server over https.</exception>
    public static IReadOnlyList<(string Name, string Url)> Of(IWebhooks given)
    {
        (string Name, string? Url)[] all =
        [
            ("onConsentWebhookUrl", given.OnConsentWebhookUrl), ("onIdentityValidationWebhookUrl", given.OnIdentityValidationWebhookUrl),
            ("onQueryResultWebhookUrl", given.OnQueryResultWebhookUrl),
        ];
        var named = all.Where(one => one.Url is not null).Select(one => (one.Name, Url: one.Url!.Trim())).ToList();
        if (named.Find(one => !IsPublic(one.Url)) is { Name: { } wrong })
            throw CallFailureException.Invalid(wrong, $"{wrong} must be the https address of a public web server, by its name, without user name or password.");
        return named;
    }

    private static bool IsPublic(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.HostNameType == UriHostNameType.Dns
        && url.UserInfo.Length == 0 && url.IdnHost.Contains('.', StringComparison.Ordinal)
        && !new[] { ".local", ".internal", ".localhost" }.Any(end => url.IdnHost.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
