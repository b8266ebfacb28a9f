using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Sandbox;

/// <summary>A server of its own and a plain HTTP client, for the sandbox's tests: no code of the product in between.</summary>
internal sealed class SandboxClient : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    private SandboxClient(SandboxServer server) => Server = server;

    public SandboxServer Server { get; }

    public SandboxAddresses At => Server.Addresses;

    public static async Task<SandboxClient> StartAsync(SandboxOptions? options = null) =>
        new(await SandboxServer.StartAsync(options ?? new SandboxOptions(), CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    public Task<Reply> XCuresAsync(string pathAndQuery) => XCuresAsync(HttpMethod.Get, "api/v1/patient-registry/" + pathAndQuery, null);

    public async Task<Reply> XCuresAsync(HttpMethod method, string path, JsonNode? body)
    {
        if (!_tokens.TryGetValue("xcures", out var token))
        {
            var at = At.XCures;
            var signIn = new JsonObject { ["client_id"] = at.ClientId, ["client_secret"] = at.ClientSecret, ["grant_type"] = "client_credentials" };
            token = _tokens["xcures"] = (await PostAsync(new Uri(At.XCures.BaseUri, "oauth/token"), signIn)).Object["access_token"]!.ToString();
        }

        var request = Bearer(new(method, new Uri(At.XCures.BaseUri, path)), token, ("ProjectId", At.XCures.ProjectId));
        if (body is not null) request.Content = Json(body);
        return await SendAsync(request);
    }

    public Task<Reply> PatientsAsync(string pathAndQuery) => SendAsync(PatientsRequest(HttpMethod.Get, pathAndQuery));

    public Task<Reply> PostPatientsAsync(string path, JsonNode body, string? idempotencyKey = null)
    {
        var request = PatientsRequest(HttpMethod.Post, path);
        request.Content = Json(body);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return SendAsync(request);
    }

    public Task<Reply> PhenoMlAsync(string path, JsonNode body) => PhenoMlAsync(HttpMethod.Post, path, body);

    public Task<Reply> PhenoMlAsync(HttpMethod method, string path, JsonNode? body) => PhenoMlAsync(method, path, body is null ? null : Json(body), []);

    public async Task<Reply> PhenoMlAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        if (!_tokens.TryGetValue("phenoml", out var token))
        {
            var credentials = new JsonObject { ["client_id"] = At.PhenoML.ClientId, ["client_secret"] = At.PhenoML.ClientSecret };
            token = _tokens["phenoml"] = (await PostAsync(new Uri(At.PhenoML.BaseUri, "v2/auth/token"), credentials)).Object["access_token"]!.ToString();
        }

        var request = Bearer(new(method, new Uri(At.PhenoML.BaseUri, path.TrimStart('/'))), token, headers);
        request.Content = content;
        return await SendAsync(request);
    }

    public Task<Reply> PostAsync(Uri uri, JsonNode body) => SendAsync(new(HttpMethod.Post, uri) { Content = Json(body) });

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, response.Headers);
        }
    }

    public static HttpRequestMessage Bearer(HttpRequestMessage request, string token, params (string Name, string Value)[] headers)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private HttpRequestMessage PatientsRequest(HttpMethod method, string pathAndQuery) =>
        Bearer(new(method, new Uri(At.Patients.BaseUri, $"api/v1/{At.Patients.OrgId}/{pathAndQuery}")), At.Patients.ApiToken);

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}

internal sealed record Reply(HttpStatusCode Status, string Body, string? MediaType, HttpResponseHeaders Headers)
{
    public JsonObject Object => JsonNode.Parse(Body)!.AsObject();

    public IReadOnlyList<JsonObject> Rows(string name) => [.. Object[name]!.AsArray().Select(row => row!.AsObject())];
}
