using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>Answer of an OAuth token endpoint: a token, or the error code of RFC 6749 section 5.2.</summary>
internal sealed record TokenAnswer(int Status, AccessToken? Token, string? Error)
{
    public string? RefreshToken { get; init; }

    public string? IdToken { get; init; }

    /// <summary>The patient that the sign-in is for, where it is for one.</summary>
    public string? Patient { get; init; }

    // The generated form would show the tokens.
    public override string ToString() => $"{nameof(TokenAnswer)} {Status}";
}

/// <summary>One request to an OAuth token endpoint. What the vendor writes in an error is read for its code and never passed on.</summary>
internal static class TokenEndpoint
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <exception cref="CallFailureException">The endpoint could not be reached, is limiting, failed, or answered nothing that can be read.</exception>
    /// <param name="system">Whose endpoint it is.</param>
    /// <param name="http">Sends.</param>
    /// <param name="request">Filled in.</param>
    /// <param name="time">Clock for the time limit and the expiry.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="member">Member of the answer that holds the token, where it is not that of RFC 6749.</param>
    public static async Task<TokenAnswer> AskAsync(
        string system, HttpMessageInvoker http, HttpRequestMessage request, TimeProvider time, CancellationToken cancellation, string member = "access_token")
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, both.Token);
            var status = (int)response.StatusCode;
            if (status is 429 or >= 500 or (>= 300 and < 400)) throw UpstreamFailures.Of(system, status);
            var body = await BoundedBody.ReadAsync(response.Content, MostBytes, both.Token);
            return Read(status, body ?? default, member, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw UpstreamFailures.Timeout(system);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw UpstreamFailures.Unreachable(system);
        }
    }

    private static TokenAnswer Read(int status, ReadOnlyMemory<byte> body, string member, DateTimeOffset now)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (status is < 200 or > 299) return new TokenAnswer(status, null, Text(root, "error"));
            var value = Text(root, member);
            if (string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl) || !IsBearer(root)) throw UpstreamFailures.NotJson();
            return new TokenAnswer(status, Token(root, value, now), null)
            {
                RefreshToken = Text(root, "refresh_token"),
                IdToken = Text(root, "id_token"),
                Patient = Text(root, "patient"),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return status is < 200 or > 299 ? new TokenAnswer(status, null, null) : throw UpstreamFailures.NotJson();
        }
    }

    // RFC 6749, 7.1: a token of a kind that we do not know must not be used. Some servers leave the kind out.
    private static bool IsBearer(JsonElement root) =>
        !root.TryGetProperty("token_type", out _) || string.Equals(Text(root, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase);

    private static AccessToken Token(JsonElement root, string value, DateTimeOffset now) =>
        new(value, Seconds(root) is { } seconds ? now.AddSeconds(seconds) : null)
        {
            Granted = Text(root, "scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Patient = Text(root, "patient"),
        };

    // Some servers write the lifetime as a string; a year is as good as for ever.
    private static double? Seconds(JsonElement root)
    {
        if (!root.TryGetProperty("expires_in", out var given)) return null;
        var seconds = given.ValueKind switch
        {
            JsonValueKind.Number => given.GetDouble(),
            JsonValueKind.String when double.TryParse(given.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => 0,
        };
        return double.IsFinite(seconds) ? Math.Clamp(seconds, 0, 365 * 86400) : 0;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
