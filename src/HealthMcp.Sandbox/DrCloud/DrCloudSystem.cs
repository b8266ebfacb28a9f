using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.DrCloud.Authorization;
using HealthMcp.Sandbox.DrCloud.Bulk;
using HealthMcp.Sandbox.DrCloud.Writing;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

internal sealed class DrCloudSystem : IHealthSystem
{
    public const string Site = "default";
    private readonly bool _conformant;

    public DrCloudSystem(SandboxOptions options, RegisteredKeys keys)
    {
        _conformant = options.Conformant;
        Tokens = new(options.Time);
        var capabilities = new Capabilities(_conformant);
        var records = new Lazy<FhirStore>(() => FhirStore.With(options.SyntheticPatients).Value.Branch());
        var (bulk, documents) = (new BulkOperations(options, Tokens, records), new DocumentOperation(_conformant, Tokens));
        var book = new AuthorizationBook(options.Time, Tokens);
        var (authorize, grants) = (new AuthorizeOperation(book, _conformant), new CodeGrants(options, book));
        Operations =
        [
            new("POST", "/oauth2/{site}/token", new TokenOperation(options, keys, Tokens, grants).Issue) { Open = true, IssuesTokens = true },
            new("GET", "/oauth2/{site}/authorize", authorize.Ask) { Open = true, IssuesTokens = true },
            new("POST", "/oauth2/{site}/authorize", authorize.Decide) { Open = true, IssuesTokens = true },
            new("GET", "/oauth2/{site}/logout", grants.LogOut) { Open = true, IssuesTokens = true },
            .. _conformant ? [new("POST", "/oauth2/{site}/revoke", grants.Revoke) { Open = true, IssuesTokens = true }] : Array.Empty<Operation>(),
            new("GET", "/apis/{site}/fhir/metadata", capabilities.Metadata) { Open = true },
            new("GET", "/apis/{site}/fhir/.well-known/smart-configuration", capabilities.SmartConfiguration) { Open = true },
            .. bulk.Operations,
            documents.Operation,
            .. new FhirOperations(_conformant, Tokens, records, bulk, documents).Operations,
            .. new PractitionerWrites(_conformant, Tokens, records).Operations,
        ];
    }

    public static string ClientId { get; } = DeterministicId.Of("drcloud", "client").Replace("-", "", StringComparison.Ordinal);

    public string Name => "drcloud";

    public IReadOnlyList<Operation> Operations { get; }

    public TokenStore Tokens { get; }

    public Answer? Refuse(Exchange exchange)
    {
        if (Tokens.Scopes(exchange.Bearer) is null)
        {
            return FhirError.OAuth(401, "access_denied", "The resource owner or authorization server denied the request.");
        }

        return exchange.Route("site") == Site ? null : FhirError.Of(400, "The site does not match the token", _conformant);
    }

    public Answer Error(int status, string message) => FhirError.Of(status, message, _conformant);

    public Answer NoSuchRoute() => Answer.Empty(404);
}
