using System.Net;
using System.Text;

namespace HealthMcp.Tests.Support;

/// <summary>Answers for stubs, good and bad.</summary>
internal static class StubAnswer
{
    /// <summary>Stands in every bad answer's body: it must never reach a sentence.</summary>
    public const string Canary = "CANARY-Jane-Doe-1950";

    public static HttpResponseMessage Json(string json, int status = 200, string type = "application/json") =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, type) };

    public static HttpResponseMessage Html() => new(HttpStatusCode.OK) { Content = new StringContent($"<html>{Canary}</html>", Encoding.UTF8, "text/html") };

    /// <summary>Every way to fail that an upstream has, by name.</summary>
    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Bad(string how) => how switch
    {
        "html" => (_, _) => Task.FromResult(Html()),
        "truncated" => (_, _) => Task.FromResult(Json("{\"resourceType\":\"Bundle\",\"codes\":[{\"code\":\"" + Canary)),
        "array" => (_, _) => Task.FromResult(Json($"[\"{Canary}\"]")),
        "reset" => (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, Canary),
        "broken" => (_, _) => throw new IOException(Canary),
        "hangs" => async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            throw new InvalidOperationException("not reached");
        },
        "401 empty" => (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized)),
        "404 list" => (_, _) => Task.FromResult(Json("[]", 404)),
        "302" => (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Found)
        {
            Headers = { Location = new Uri("https://elsewhere.test/" + Canary) },
        }),
        _ => (_, _) => Task.FromResult(Json(
            $$"""{"error":"{{Canary}}","message":"{{Canary}}"}""",
            int.Parse(how, System.Globalization.CultureInfo.InvariantCulture))),
    };
}
