using System.Net.Http.Headers;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures;

/// <summary>
/// Client credentials in a JSON body, and the project that requests are made in. The vendor does not say how long a token lives, so
/// its own exp counts when it is a JWT; otherwise it is used until a 401.
/// </summary>
internal sealed class XCuresSignIn(Func<CancellationToken, ValueTask<XCuresAccount>> account, HttpMessageInvoker http, TimeProvider time)
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task<AccessToken> TokenAsync(CancellationToken cancellation)
    {
        var signIn = await account(cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, At(signIn, XCuresEndpoints.Token)) { Content = new ReadOnlyMemoryContent(Body(signIn)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var answer = await TokenEndpoint.AskAsync(XCuresEndpoints.System, http, request, time, cancellation);
        if (answer.Token is not { } token)
        {
            throw UpstreamFailures.SignInRefused(XCuresEndpoints.System, $"{XCuresOptions.ClientId} and {XCuresOptions.ClientSecret}");
        }

        return token.Expires is null ? token with { Expires = JwtExpiry.Of(token.Value) } : token;
    }

    /// <summary>Ids of the projects that <paramref name="token"/> may use.</summary>
    public async Task<IReadOnlyList<string>> ProjectsAsync(string token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(await account(cancellation), XCuresEndpoints.Projects));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return Ids(await SendAsync(request, cancellation));
    }

    private static Uri At(XCuresAccount account, Endpoint endpoint) => new($"{account.BaseAddress.AbsoluteUri.TrimEnd('/')}{endpoint.Path}");

    private static byte[] Body(XCuresAccount account)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("client_id", account.ClientId);
            json.WriteString("client_secret", account.ClientSecret);
            json.WriteString("grant_type", "client_credentials");
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private async Task<ReadOnlyMemory<byte>> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var response = await http.SendAsync(request, both.Token);
            if (!response.IsSuccessStatusCode) throw UpstreamFailures.Of(XCuresEndpoints.System, (int)response.StatusCode);
            return await BoundedBody.ReadAsync(response.Content, MostBytes, both.Token) ?? throw UpstreamFailures.NotJson();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw UpstreamFailures.Timeout(XCuresEndpoints.System);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw UpstreamFailures.Unreachable(XCuresEndpoints.System);
        }
    }

    private static IReadOnlyList<string> Ids(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return [.. json.RootElement.EnumerateArray().Select(project => project.GetProperty("id").GetString()!)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw UpstreamFailures.NotJson();
        }
    }
}
