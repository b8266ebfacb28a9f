using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Access;
using HealthMcp.Tests.Contracts;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>How the upstream answers everything but sign-in.</summary>
internal enum Mood
{
    Success,
    JsonError,
    HtmlError,
    Broken,
    Redirect,
    Truncated,
    WrongBody,
}

/// <summary>All four systems over HTTP on loopback, with a marker in every leaf of every answer, error page, header and redirect.</summary>
internal sealed class CanaryUpstream : IAsyncDisposable
{
    private const string Uuid = "0b0a9c5e-5a0e-4a8e-9d9b-0d6a4a3a1f11";

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly Planter _planter = new(4711);

    private readonly CanaryFiles _files;
    private readonly TempFolder _keys = new();
    private readonly FhirCanaryServer _fhir;

    private CanaryUpstream(WebApplication app)
    {
        (_app, _files) = (app, new CanaryFiles(_planter));
        _fhir = new FhirCanaryServer(_planter, _files);
    }

    /// <summary>Kinds of files that were fetched.</summary>
    public IReadOnlyCollection<string> Served => _files.Served;

    public Mood Mood { get; set; }

    public int Asked { get; private set; }

    public IReadOnlyList<Canary> Planted
    {
        get { lock (_gate) return [.. _planter.Planted]; }
    }

    public static async Task<CanaryUpstream> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var upstream = new CanaryUpstream(app);
        ((IApplicationBuilder)app).Run(upstream.AnswerAsync);
        await app.StartAsync();
        return upstream;
    }

    /// <summary>Settings that make all four systems live, here.</summary>
    public (string Name, string Value)[] Settings()
    {
        var root = _app.Urls.Single();
        File.WriteAllText(_keys["key.pem"], FhirStub.Pem);
        using var any = OneApp.Build();
        var scopes = any.Scopes.Default(true).All.Append(ScopeCatalog.Limited).Append(ScopeCatalog.Identified);
        return
        [
            ("XCURES_BASE_URL", $"{root}/xcures"), ("XCURES_CLIENT_ID", Uuid), ("XCURES_CLIENT_SECRET", "s"), ("XCURES_PROJECT_ID", Uuid),
            ("PHENOML_BASE_URL", $"{root}/phenoml"), ("PHENOML_CLIENT_ID", "c"), ("PHENOML_CLIENT_SECRET", "s"),
            ("PATIENTS_BASE_URL", $"{root}/patients"), ("PATIENTS_ORG_ID", Uuid), ("PATIENTS_API_TOKEN", "t"),
            ("DRCLOUD_BASE_URL", $"{root}/drcloud"), ("DRCLOUD_CLIENT_ID", "c"), ("DRCLOUD_CLIENT_SECRET", "s"),
            ("DRCLOUD_PRIVATE_KEY_FILE", _keys["key.pem"]),
            ("HEALTHMCP_WRITES", "confirm"), ("HEALTHMCP_TOOLSETS", "all"), ("HEALTHMCP_SCOPES", string.Join(' ', scopes)),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _keys.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (path.EndsWith("/token", StringComparison.Ordinal))
        {
            var token = new JsonObject { ["access_token"] = "token", ["token_type"] = "Bearer", ["expires_in"] = 3600, ["scope"] = FhirCanaryServer.Scopes };
            await WriteAsync(http, 200, "application/json", token.ToJsonString());
            return;
        }

        string body;
        CanaryFile? file = null;
        (int Status, string Type, byte[] Body, string? Location)? special = null;
        lock (_gate)
        {
            Asked++;
            http.Response.Headers["X-Request-Id"] = _planter.Plant(_planter.Word(), "secret", "header");
            http.Response.Headers["Set-Cookie"] = $"patient={_planter.Plant(_planter.Word(), "secret", "cookie")}";
            if (path.StartsWith("/xcures/files/", StringComparison.Ordinal)) file = FileOf(http);
            var root = $"{_app.Urls.Single()}{path.Split("/fhir/")[0]}";
            if (Mood == Mood.Success && path.StartsWith("/drcloud/", StringComparison.Ordinal)) special = _fhir.Special(http.Request.Method, path, root);
            body = Mood == Mood.Success || Mood == Mood.Truncated ? Success(http.Request.Method, path) : _planter.Sentence($"{Mood} {path}");
        }

        if (file is not null) await WriteAsync(http, file.Status, file.MediaType, file.Content);
        else if (special is { } own)
        {
            if (own.Location is { } at) http.Response.Headers.ContentLocation = at;
            await WriteAsync(http, own.Status, own.Type, own.Body);
        }
        else await MoodAsync(http, body);
    }

    private CanaryFile FileOf(HttpContext http)
    {
        if (http.Request.Method == "PUT") return new CanaryFile("text/plain", []);
        var file = _files.Of(http.Request.Path.Value!.Split('/')[^1]);
        if (file.Status == 302) http.Response.Headers.Location = $"/elsewhere?who={_planter.Plant(_planter.Word(), "secret", "file redirect")}";
        return file;
    }

    private async Task MoodAsync(HttpContext http, string body)
    {
        switch (Mood)
        {
            case Mood.Success:
                await WriteAsync(http, http.Request.Method == "POST" ? 201 : 200, "application/json", body);
                break;
            case Mood.JsonError:
                var error = new JsonObject { ["error"] = body, ["message"] = body, ["detail"] = new JsonArray(new JsonObject { ["msg"] = body }) };
                await WriteAsync(http, 422, "application/problem+json", error.ToJsonString());
                break;
            case Mood.HtmlError:
                await WriteAsync(http, 404, "text/html", $"<html><title>{body}</title><body><h1>{body}</h1></body></html>");
                break;
            case Mood.Broken:
                await WriteAsync(http, 400, "application/json", $"{{\"validationErrors\":{{\"{body}\":[\"{body}\"]}}");
                break;
            case Mood.Redirect:
                http.Response.Headers.Location = $"/elsewhere?who={Uri.EscapeDataString(body)}";
                await WriteAsync(http, 302, "text/plain", body);
                break;
            case Mood.Truncated:
                await WriteAsync(http, 200, "application/json", body[..(body.Length / 2)]);
                break;
            default:
                await WriteAsync(http, 200, "application/json", new JsonObject { [body] = body, ["resourceType"] = body }.ToJsonString());
                break;
        }
    }

    private string Success(string method, string path)
    {
        if (path.EndsWith("/fhir/_export", StringComparison.Ordinal)) return _files.Export(_app.Urls.Single()).ToJsonString();
        if (path.Contains("/fhir/", StringComparison.Ordinal)) return _fhir.Answer(method, path[(path.LastIndexOf("/fhir/", StringComparison.Ordinal) + 6)..]);
        var system = path.Split('/')[1];
        var inner = path[(system.Length + 1)..];
        var operation = Contract.Of(system).Operations.FirstOrDefault(o => o.Method == method && Matches(o.Path, inner));
        if (operation is null) return "{}";
        var answer = AnswerCanaries.Answer(operation, _planter) ?? new JsonObject();
        if (system == "xcures") _files.Sign(answer, _app.Urls.Single());

        // The record that was asked for, as any system answers: what has another id is not read on.
        var id = operation.Path.EndsWith('}') ? path[(path.LastIndexOf('/') + 1)..]
            : operation.Path.EndsWith("/reciprocity-template", StringComparison.Ordinal) ? CallStep.Unknown : null;
        if (id is not null && Record(answer) is { } record && record.ContainsKey("id")) record["id"] = id;
        return answer.ToJsonString();
    }

    private static JsonObject? Record(JsonNode answer) => (answer is JsonArray { Count: 1 } only ? only[0] : answer) as JsonObject;

    private static bool Matches(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    private static Task WriteAsync(HttpContext http, int status, string type, string body) => WriteAsync(http, status, type, Encoding.UTF8.GetBytes(body));

    private static async Task WriteAsync(HttpContext http, int status, string type, byte[] body)
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, type);
        await http.Response.Body.WriteAsync(body);
    }
}
