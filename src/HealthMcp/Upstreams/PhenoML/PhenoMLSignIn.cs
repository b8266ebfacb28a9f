using System.Net.Http.Headers;
using System.Text;
using HealthMcp.Documents;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>
/// OAuth client credentials in each form that <c>/v2/auth/token</c> takes, and the older <c>/auth/token</c>. That one is used only where it was
/// configured: falling back to it by itself would send the secret once more after a refusal.
/// </summary>
internal sealed class PhenoMLSignIn(Func<CancellationToken, ValueTask<PhenoMLAccount>> account, HttpMessageInvoker http, TimeProvider time)
{
    public async Task<AccessToken> FetchAsync(CancellationToken cancellation)
    {
        var signIn = await account(cancellation);
        var isLegacy = signIn.SignIn == PhenoMLOptions.Legacy;
        using var request = Request(signIn);
        var answer = await TokenEndpoint.AskAsync(PhenoMLEndpoints.System, http, request, time, cancellation, isLegacy ? "token" : "access_token");
        var token = answer.Token
            ?? throw UpstreamFailures.SignInRefused(PhenoMLEndpoints.System, $"{PhenoMLOptions.ClientId} and {PhenoMLOptions.ClientSecret}");
        return token.Expires is null ? token with { Expires = JwtExpiry.Of(token.Value) } : token;
    }

    private static HttpRequestMessage Request(PhenoMLAccount signIn)
    {
        var isLegacy = signIn.SignIn == PhenoMLOptions.Legacy;
        var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"{signIn.BaseAddress.AbsoluteUri.TrimEnd('/')}{(isLegacy ? "/auth/token" : "/v2/auth/token")}"));
        if (signIn.SignIn is PhenoMLOptions.Basic or PhenoMLOptions.Legacy) request.Headers.Authorization = Basic(signIn);
        request.Content = signIn.SignIn switch
        {
            PhenoMLOptions.Legacy => null,
            PhenoMLOptions.Json => Json(signIn),
            PhenoMLOptions.Form => new FormUrlEncodedContent(
                [new("grant_type", "client_credentials"), new("client_id", signIn.ClientId), new("client_secret", signIn.ClientSecret)]),
            _ => new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        return request;
    }

    // RFC 6749 2.3.1 would form-encode both parts, but servers that read plain Basic (RFC 7617) would then refuse a secret with "+" or "/".
    private static AuthenticationHeaderValue Basic(PhenoMLAccount signIn) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{signIn.ClientId}:{signIn.ClientSecret}")));

    private static ReadOnlyMemoryContent Json(PhenoMLAccount signIn)
    {
        var content = new ReadOnlyMemoryContent(JsonRow.Of(json =>
        {
            json.WriteString("grant_type", "client_credentials");
            json.WriteString("client_id", signIn.ClientId);
            json.WriteString("client_secret", signIn.ClientSecret);
        }));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
