using System.Globalization;
using System.Net;

namespace HealthMcp.Tests.Access;

/// <summary>A request and what it gets: the status, and the error of the challenge; null where a challenge names none.</summary>
internal sealed record RequestCase(Func<TokenMaker, Action<HttpRequestMessage>> Sends, HttpStatusCode Status, string? Error)
{
    public static RequestCase Good(Func<TokenMaker, TokenMaker> make) => new(tokens => Bearer(make(tokens).Make()), HttpStatusCode.OK, null);

    /// <summary>A token that is not good, for whatever reason.</summary>
    public static RequestCase Bad(Func<TokenMaker, TokenMaker> make) => BadText(tokens => make(tokens).Make());

    public static RequestCase BadText(Func<TokenMaker, string> token) => new(tokens => Bearer(token(tokens)), HttpStatusCode.Unauthorized, "invalid_token");

    public static RequestCase Unproven(Action<HttpRequestMessage> change) => new(_ => change, HttpStatusCode.Unauthorized, null);

    public static RequestCase Misused(Func<TokenMaker, Action<HttpRequestMessage>> sends) => new(sends, HttpStatusCode.BadRequest, "invalid_request");

    public static Action<HttpRequestMessage> Bearer(string token) => Raw($"Bearer {token}");

    public static Action<HttpRequestMessage> Raw(params string[] headers) => request =>
    {
        foreach (var header in headers) request.Headers.TryAddWithoutValidation("Authorization", header);
    };

    public static Action<HttpRequestMessage> InAddress(string name, string token, string? header = null) => request =>
    {
        request.RequestUri = new Uri($"/mcp?{name}={token}", UriKind.Relative);
        if (header is not null) Raw(header)(request);
    };

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
