using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HealthMcp.Http;

namespace HealthMcp.Access.Tokens;

/// <summary>The issuer did not answer, or is not well. Whether a token is good stays unknown.</summary>
internal sealed class IssuerUnavailableException() : Exception("the issuer of tokens cannot be reached");

/// <summary>
/// Asks an issuer: addresses of the configuration or of what it led to, no redirects (the client follows none), a bound on time and size.
/// </summary>
internal sealed class IssuerHttp(HttpMessageInvoker http, TimeProvider time)
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>The object that was answered; null when the issuer answered something else.</returns>
    /// <exception cref="IssuerUnavailableException">There was no answer.</exception>
    public Task<JsonElement?> GetAsync(Uri address, CancellationToken cancellation) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address), cancellation);

    public Task<JsonElement?> PostAsync(Uri address, string form, IntrospectionClient client, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded"),
        };

        // RFC 6749 section 2.3.1: form-encoded before they are joined.
        var basic = $"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(client.Secret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(basic)));
        return SendAsync(request, cancellation);
    }

    private async Task<JsonElement?> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var sent = request;
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            if (response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests) throw new IssuerUnavailableException();
            if (response.StatusCode != HttpStatusCode.OK) return null;
            return await BoundedBody.ReadAsync(response.Content, MostBytes, either.Token) is { } body ? StrictJson.Object(body) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new IssuerUnavailableException();
        }
    }
}
