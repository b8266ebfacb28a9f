using System.Net.Http.Headers;
using System.Text;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>OAuth client credentials over Basic, as <c>/v2/auth/token</c> takes them.</summary>
internal sealed class PhenoMLSignIn(Func<CancellationToken, ValueTask<PhenoMLAccount>> account, HttpMessageInvoker http, TimeProvider time)
{
    public async Task<AccessToken> FetchAsync(CancellationToken cancellation)
    {
        var (address, id, secret) = await account(cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{address.AbsoluteUri.TrimEnd('/')}/v2/auth/token"));
        // RFC 6749 2.3.1 would form-encode both parts, but servers that read plain Basic (RFC 7617) would then refuse a secret with "+" or "/".
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        var answer = await TokenEndpoint.AskAsync(PhenoMLEndpoints.System, http, request, time, cancellation);
        return answer.Token ?? throw UpstreamFailures.SignInRefused(PhenoMLEndpoints.System, $"{PhenoMLOptions.ClientId} and {PhenoMLOptions.ClientSecret}");
    }
}
