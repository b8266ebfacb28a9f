using System.Net;
using System.Text.RegularExpressions;

namespace HealthMcp.Tests.Approvals;

/// <summary>A page as a browser got it.</summary>
internal sealed record SeenPage(HttpStatusCode Status, string Html, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The token of the form that answers.</summary>
    public string Form => Regex.Match(Html, "name=\"form\" value=\"([^\"]+)\"").Groups[1].Value;
}

/// <summary>A browser with cookies of its own. It sends what browsers send with a form of the same origin, unless a test makes it wrong.</summary>
internal sealed class PageBrowser : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public async Task<SeenPage> GetAsync(Uri page, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        change?.Invoke(request);
        return await SendAsync(request);
    }

    public async Task<SeenPage> PostAsync(Uri page, Action<HttpRequestMessage>? change = null, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, page)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Add("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        change?.Invoke(request);
        return await SendAsync(request);
    }

    /// <summary>Presses the button of the closed page, and goes where it leads.</summary>
    public async Task<SeenPage> OpenAsync(Uri page, string code = "")
    {
        var pressed = await PostAsync(page, null, ("action", "open"), ("code", code));
        return pressed.Status == HttpStatusCode.SeeOther ? await GetAsync(new Uri(pressed.Headers["Location"])) : pressed;
    }

    public async Task<SeenPage> AnswerAsync(Uri page, SeenPage open, string action) => await PostAsync(page, null, ("action", action), ("form", open.Form));

    /// <summary>All that a person does who agrees.</summary>
    public async Task<SeenPage> ApproveAsync(Uri page, string code = "") => await AnswerAsync(page, await OpenAsync(page, code), "approve");

    public void Dispose() => _http.Dispose();

    private async Task<SeenPage> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return new SeenPage(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
    }
}
