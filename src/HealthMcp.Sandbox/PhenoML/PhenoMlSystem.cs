using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.PhenoML.Cohorts;
using HealthMcp.Sandbox.PhenoML.Omop;
using HealthMcp.Sandbox.PhenoML.Providers;
using HealthMcp.Sandbox.PhenoML.Summaries;
using HealthMcp.Sandbox.PhenoML.Terminology;
using HealthMcp.Sandbox.PhenoML.Voice;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

internal sealed class PhenoMlSystem : IHealthSystem
{
    public const string ClientId = "sandbox-phenoml";
    public const string ClientSecret = "sandbox-phenoml-secret";
    private readonly SandboxOptions _options;

    public PhenoMlSystem(SandboxOptions options)
    {
        _options = options;
        Tokens = new(options.Time);
        Agents = new(options);
        Operations =
        [
            new("POST", "/auth/token", LegacyToken) { Open = true, IssuesTokens = true },
            new("POST", "/v2/auth/token", Token) { Open = true, IssuesTokens = true },
            .. new CodeOperations().All,
            .. new SummaryOperations().All,
            .. new CohortOperations().All,
            new("POST", "/fhir2omop/create", OmopOperation.Create),
            new("POST", "/transcribe", TranscribeOperation.Transcribe),
            .. new LanguageArea(options.Time).Operations,
            .. Agents.Operations,
        ];
    }

    public string Name => "phenoml";

    public AgentArea Agents { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public TokenStore Tokens { get; }

    public Answer? Refuse(Exchange exchange) => Tokens.Scopes(exchange.Bearer) is null ? Of(401, "Unauthorized") : null;

    public Answer Error(int status, string message) => Of(status, message);

    public Answer NoSuchRoute() => NotFound("Route not found");

    public static Answer BadRequest(string message) => Of(400, $"{message}. {FaultPlan.Canary}");

    public static Answer Conflict(string message) => Of(409, $"{message}. {FaultPlan.Canary}");

    public static Answer NotFound(string message) => Of(404, $"{message}. {FaultPlan.Canary}");

    public static Answer Unprocessable(string message) => Of(422, $"{message}. {FaultPlan.Canary}");

    public static Answer Forbidden(string message) => Of(403, $"{message}. {FaultPlan.Canary}");

    public static Answer Refused(int status, string message) => Of(status, $"{message}. {FaultPlan.Canary}");

    private static Answer Of(int status, string message) => Answer.Json(new JsonObject { ["code"] = status, ["message"] = message }, status);

    private Answer LegacyToken(Exchange exchange) =>
        Basic(exchange) == (ClientId, ClientSecret)
            ? Answer.Json(new JsonObject { ["token"] = Tokens.Issue(_options.TokenLifetime) })
            : Answer.Json(new JsonObject { ["code"] = 401, ["message"] = "Invalid credentials", ["data"] = null }, 401);

    private Answer Token(Exchange exchange)
    {
        var (id, secret, grant) = Credentials(exchange);
        if (grant is not (null or "" or "client_credentials"))
        {
            return OAuthError(400, "unsupported_grant_type");
        }

        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret))
        {
            return OAuthError(400, "invalid_request");
        }

        return (id, secret) != (ClientId, ClientSecret) ? OAuthError(401, "invalid_client") : Answer.Json(new JsonObject
        {
            ["access_token"] = Tokens.Issue(_options.TokenLifetime),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)_options.TokenLifetime.TotalSeconds,
        });
    }

    private static (string? Id, string? Secret, string? Grant) Credentials(Exchange exchange)
    {
        var form = exchange.IsForm ? exchange.Form() : new Query([]);
        var json = exchange.IsJson ? exchange.JsonBody() : null;
        var grant = form.First("grant_type") ?? json?.Text("grant_type");
        return Basic(exchange) is var (id, secret)
            ? (id, secret, grant)
            : (form.First("client_id") ?? json?.Text("client_id"), form.First("client_secret") ?? json?.Text("client_secret"), grant);
    }

    private static (string Id, string Secret)? Basic(Exchange exchange)
    {
        var bytes = new byte[512];
        if (exchange.BasicCredentials is not { Length: < 600 } text || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var cut = pair.IndexOf(':', StringComparison.Ordinal);
        return cut < 0 ? null : (pair[..cut], pair[(cut + 1)..]);
    }

    private static Answer OAuthError(int status, string code) =>
        Answer.Json(new JsonObject { ["error"] = code, ["error_description"] = $"{code}. {FaultPlan.Canary}" }, status);
}
