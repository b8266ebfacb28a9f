using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>Where to sign in, as the FHIR server says itself (SMART App Launch 2.2, /.well-known/smart-configuration).</summary>
internal sealed record SmartConfiguration(Uri Authorize, Uri Token)
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public Uri? Revoke { get; init; }

    public string? Issuer { get; init; }

    /// <summary>The server promises to name itself in each answer (RFC 9207), so one without is not its own.</summary>
    public bool NamesItself { get; init; }

    /// <exception cref="CallFailureException">It cannot be had, or names addresses that are not on the configured server.</exception>
    public static async Task<SmartConfiguration> FindAsync(DrCloudAccount account, HttpMessageInvoker http, TimeProvider time, CancellationToken cancellation)
    {
        var answer = await GetAsync(new Uri($"{account.FhirBase.AbsoluteUri.TrimEnd('/')}/.well-known/smart-configuration"), http, time, cancellation);

        // A server of the vendor that is too old to say so has its endpoints where its documentation puts them.
        if (answer is null) return new SmartConfiguration(account.AuthorizeEndpoint, account.TokenEndpoint);
        try
        {
            using var json = JsonDocument.Parse(answer.Value);
            return Read(json.RootElement, account);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw UpstreamFailures.NotJson();
        }
    }

    private static SmartConfiguration Read(JsonElement json, DrCloudAccount account)
    {
        RequireS256(json);
        var token = Own(json, "token_endpoint", account) ?? throw Missing("token_endpoint");
        if (account.OwnTokenEndpoint is { } own && own != token) throw Foreign("token_endpoint");
        return new SmartConfiguration(Own(json, "authorization_endpoint", account) ?? throw Missing("authorization_endpoint"), token)
        {
            Revoke = Own(json, "revocation_endpoint", account),
            Issuer = Text(json, "issuer"),
            NamesItself = json.TryGetProperty("authorization_response_iss_parameter_supported", out var named) && named.ValueKind == JsonValueKind.True,
        };
    }

    // Whoever can write this document could send the sign-in, and the tokens, elsewhere.
    private static Uri? Own(JsonElement json, string name, DrCloudAccount account)
    {
        if (Text(json, name) is not { } text) return null;
        var known = new[] { account.BaseAddress, account.OwnFhirBase, account.OwnTokenEndpoint }.OfType<Uri>();
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { UserInfo: "", Fragment: "" } && known.Any(home => SameOrigin(home, uri))
            ? uri
            : throw Foreign(name);
    }

    public static bool SameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static void RequireS256(JsonElement json)
    {
        if (json.TryGetProperty("code_challenge_methods_supported", out var methods) && methods.ValueKind == JsonValueKind.Array
            && !methods.EnumerateArray().Any(m => m.ValueKind == JsonValueKind.String && m.GetString() == "S256"))
        {
            throw new CallFailureException(
                FailureCodes.NotConfigured,
                "The EHR's smart-configuration offers no PKCE with S256, without which an intercepted code could be used: the EHR must be brought up to date.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> GetAsync(Uri address, HttpMessageInvoker http, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, both.Token);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
            if (!response.IsSuccessStatusCode) throw UpstreamFailures.Of(DrCloudEndpoints.System, (int)response.StatusCode);
            return await BoundedBody.ReadAsync(response.Content, MostBytes, both.Token) ?? throw UpstreamFailures.NotJson();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw UpstreamFailures.Timeout(DrCloudEndpoints.System);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw UpstreamFailures.Unreachable(DrCloudEndpoints.System);
        }
    }

    private static CallFailureException Missing(string name) =>
        new(FailureCodes.NotConfigured, $"The EHR's smart-configuration has no {name}: check {DrCloudOptions.BaseUrl} and {DrCloudOptions.Site}.");

    private static CallFailureException Foreign(string name) =>
        new(
            FailureCodes.NotConfigured,
            $"The {name} in the EHR's smart-configuration is not on the configured server, so nobody is sent there: "
                + $"check {DrCloudOptions.BaseUrl}, {DrCloudOptions.FhirUrl} and {DrCloudOptions.TokenUrl}.");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
