using System.Net.Http.Headers;
using System.Text;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>
/// What a signed-in client asks of the token endpoint. With a secret it proves itself by HTTP Basic, without one it gives its id in the body.
/// </summary>
internal sealed class TokenRequests(HttpMessageInvoker http, TimeProvider time)
{
    public Task<TokenAnswer> ExchangeAsync(DrCloudAccount account, AuthorizationRequest asked, string code, CancellationToken cancellation) =>
        AskAsync(
            account,
            asked.Server.Token,
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", asked.Redirect.AbsoluteUri), ("code_verifier", asked.Verifier)],
            cancellation);

    public Task<TokenAnswer> RefreshAsync(DrCloudAccount account, Uri token, string refresh, CancellationToken cancellation) =>
        AskAsync(account, token, [("grant_type", "refresh_token"), ("refresh_token", refresh)], cancellation);

    /// <summary>Ends a grant on the server (RFC 7009).</summary>
    /// <returns>Whether the server says that it has.</returns>
    public async Task<bool> RevokeAsync(DrCloudAccount account, Uri endpoint, string refresh, CancellationToken cancellation)
    {
        using var request = Request(account, endpoint, [("token", refresh), ("token_type_hint", "refresh_token")]);
        return await SentAsync(request, cancellation);
    }

    /// <summary>
    /// Ends a grant the vendor's own way, where there is no revocation endpoint. The address carries the id_token, because it takes it no other way.
    /// </summary>
    public async Task<bool> LogOutAsync(DrCloudAccount account, string idToken, CancellationToken cancellation)
    {
        var address = new Uri($"{account.LogoutEndpoint.AbsoluteUri}?id_token_hint={Uri.EscapeDataString(idToken)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SentAsync(request, cancellation);
    }

    private async Task<TokenAnswer> AskAsync(DrCloudAccount account, Uri endpoint, (string Name, string Value)[] form, CancellationToken cancellation)
    {
        using var request = Request(account, endpoint, form);
        return await TokenEndpoint.AskAsync(DrCloudEndpoints.System, http, request, time, cancellation);
    }

    private async Task<bool> SentAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var response = await http.SendAsync(request, both.Token);

            // After a logout the vendor sends the browser on, which is as good as an answer.
            return (int)response.StatusCode is >= 200 and < 400;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private static HttpRequestMessage Request(DrCloudAccount account, Uri endpoint, (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        var fields = form.Select(field => KeyValuePair.Create(field.Name, field.Value));
        if (account.ClientSecret is { } secret)
        {
            // The vendor documents base64(id:secret) without the form encoding that RFC 6749 would put inside.
            var pair = Encoding.UTF8.GetBytes($"{account.ClientId}:{secret}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        }
        else
        {
            fields = fields.Append(KeyValuePair.Create("client_id", account.ClientId));
        }

        request.Content = new FormUrlEncodedContent(fields);
        return request;
    }
}
