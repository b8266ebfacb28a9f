using Microsoft.AspNetCore.Http;

namespace HealthMcp.Hosting;

internal enum BearerForm
{
    Missing,
    Present,

    /// <summary>Sent in a way that must not be, so that it may have been seen or means two things.</summary>
    Misused,

    /// <summary>No bearer token could look like this.</summary>
    Malformed,
}

/// <summary>Takes the token from where it belongs (RFC 6750 section 2.1), and from nowhere else.</summary>
internal readonly record struct BearerHeader(BearerForm Form, string Token, string Says)
{
    public const int LongestToken = 16 * 1024;

    // RFC 6750 section 2.3, and what people write instead: addresses end up in logs and histories.
    private static readonly string[] InAddress = ["access_token", "token", "authorization", "bearer", "bearer_token"];

    public static BearerHeader Read(HttpRequest request)
    {
        if (request.Query.Keys.Any(key => InAddress.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            return Misused("A token must not be in the address: send it in the Authorization header, and have this one withdrawn.");
        }

        var headers = request.Headers.Authorization;
        if (headers.Count > 1) return Misused("There are several Authorization headers: send one.");
        if (headers.Count == 0 || headers[0] is not { Length: > 0 } header) return new(BearerForm.Missing, "", "");
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (!string.Equals(space < 0 ? header : header[..space], "Bearer", StringComparison.OrdinalIgnoreCase)) return new(BearerForm.Missing, "", "");
        var token = space < 0 ? "" : header[(space + 1)..].Trim(' ');
        if (token.Contains(',', StringComparison.Ordinal) || token.Contains(' ', StringComparison.Ordinal))
        {
            return Misused("The Authorization header holds more than one token: send one.");
        }

        return token.Length is 0 or > LongestToken || !IsToken(token) ? new(BearerForm.Malformed, "", "") : new(BearerForm.Present, token, "");
    }

    // b64token of RFC 6750.
    private static bool IsToken(string text) => text.TrimEnd('=').All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '+' or '/');

    private static BearerHeader Misused(string says) => new(BearerForm.Misused, "", says);
}
