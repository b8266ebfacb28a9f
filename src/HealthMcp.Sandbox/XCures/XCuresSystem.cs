using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;
using HealthMcp.Sandbox.XCures.Checklists;
using HealthMcp.Sandbox.XCures.Documents;

namespace HealthMcp.Sandbox.XCures;

internal sealed class XCuresSystem : IHealthSystem
{
    public const string ClientSecret = "sandbox-xcures-secret";
    private const string Registry = "/api/v1/patient-registry";
    private readonly SandboxOptions _options;

    public XCuresSystem(SandboxOptions options)
    {
        _options = options;
        Tokens = new(options.Time);
        var store = new SubjectStore();
        var queries = new RecordQueryStore(store);
        var subjects = new SubjectOperations(store, queries);
        var documents = new DocumentStore(new FileStorage(options.Time));
        Operations =
        [
            new("POST", "/oauth/token", Token) { Open = true, IssuesTokens = true },
            new("GET", $"{Registry}/project", SubjectOperations.Projects),
            new("GET", $"{Registry}/subject", subjects.Search),
            new("GET", $"{Registry}/subject/{{id}}", subjects.Get),
            new("GET", $"{Registry}/subject/{{id}}/status/clinical-concepts", subjects.ConceptsStatus),
            .. new ConceptOperations(store).Operations,
            .. new SubjectWriteOperations(store, queries).Operations,
            .. new RecordQueryOperations(store, queries).Operations,
            .. new ApplicationOperations(store).Operations,
            new("GET", $"{Registry}/summary/subject/{{subjectId}}", new SummaryOperation(store).Get),
            .. new DocumentOperations(documents, store).Operations,
            .. new PublishingOperations(documents).Operations,
            .. new BundleOperations(documents.Files).Operations,
            .. new ChecklistOperations(store).Operations,
        ];
    }

    public static string ClientId { get; } = DeterministicId.Of("xcures", "client");

    public static string ProjectId { get; } = DeterministicId.Of("xcures", "project");

    public string Name => "xcures";

    public IReadOnlyList<Operation> Operations { get; }

    public TokenStore Tokens { get; }

    public Answer? Refuse(Exchange exchange)
    {
        if (Tokens.Scopes(exchange.Bearer) is null)
        {
            return XCuresError.Of(401, "Unauthorized");
        }

        // The documentation's table says 401 for a wrong project too. Only the list of projects needs none.
        return exchange.Operation.Template.EndsWith("/project", StringComparison.Ordinal) || IsProject(exchange.Header("ProjectId"))
            ? null
            : XCuresError.Of(401, "Invalid API key or ProjectId");
    }

    public Answer Error(int status, string message) => XCuresError.Of(status, message);

    public Answer NoSuchRoute() => XCuresError.NotFound("Route");

    private static bool IsProject(string? header) => ProjectId.Equals(header, StringComparison.OrdinalIgnoreCase);

    private Answer Token(Exchange exchange)
    {
        if (!exchange.IsJson || exchange.JsonBody() is not { } body || body.Text("grant_type") != "client_credentials")
        {
            return XCuresError.BadRequest("A JSON body with grant_type client_credentials is needed");
        }

        return body.Text("client_id") == ClientId && body.Text("client_secret") == ClientSecret
            ? Answer.Json(new JsonObject { ["access_token"] = Tokens.Issue(_options.TokenLifetime), ["token_type"] = "Bearer" })
            : XCuresError.Of(401, "Unauthorized");
    }
}
