using System.Globalization;
using System.Net;
using HealthMcp.Tests.Hosting;
using HealthMcp.Tests.Keys;

namespace HealthMcp.Tests.Access;

/// <summary>A request and what it gets: the status, and the error of the challenge; null where a challenge names none.</summary>
internal sealed record RequestCase(Func<TokenMaker, KeyMaker, Action<HttpRequestMessage>> Sends, HttpStatusCode Status, string? Error)
{
    /// <summary>What is asked for.</summary>
    public Func<HttpRequestMessage> Asks { get; init; } = () => HttpServer.Modern("tools/list");

    public static RequestCase Good(Func<TokenMaker, TokenMaker> make) => GoodText(tokens => $"Bearer {make(tokens).Make()}");

    public static RequestCase GoodText(Func<TokenMaker, string> header) => new((tokens, _) => Raw(header(tokens)), HttpStatusCode.OK, null);

    /// <summary>A good token for less than what is asked for.</summary>
    public static RequestCase TooLittle(string scope, string tool, string arguments = "{}") =>
        new((tokens, _) => Bearer((tokens with { Scope = scope }).Make()), HttpStatusCode.Forbidden, "insufficient_scope")
        {
            Asks = () => HttpServer.Call(tool, arguments),
        };

    /// <summary>A key that opens.</summary>
    public static RequestCase Opens(Func<KeyMaker, string> key, Action<HttpRequestMessage>? besides = null) =>
        new((_, keys) => Keyed(key(keys), besides), HttpStatusCode.OK, null);

    /// <summary>What opens nothing is answered with nothing.</summary>
    public static RequestCase Nothing(Func<KeyMaker, string> key, Action<HttpRequestMessage>? besides = null) =>
        new((_, keys) => Keyed(key(keys), besides), HttpStatusCode.NotFound, null);

    public static Action<HttpRequestMessage> Keyed(string key, Action<HttpRequestMessage>? besides = null) => request =>
    {
        request.RequestUri = new Uri($"/mcp/r/{key}", UriKind.Relative);
        besides?.Invoke(request);
    };

    /// <summary>A token that is not good, for whatever reason.</summary>
    public static RequestCase Bad(Func<TokenMaker, TokenMaker> make) => BadText(tokens => make(tokens).Make());

    public static RequestCase BadText(Func<TokenMaker, string> token) =>
        new((tokens, _) => Bearer(token(tokens)), HttpStatusCode.Unauthorized, "invalid_token");

    public static RequestCase Unproven(Action<HttpRequestMessage> change) => new((_, _) => change, HttpStatusCode.Unauthorized, null);

    public static RequestCase Misused(Func<TokenMaker, Action<HttpRequestMessage>> sends) =>
        new((tokens, _) => sends(tokens), HttpStatusCode.BadRequest, "invalid_request");

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
