using System.Text.Json.Nodes;
using HealthMcp.Sandbox.DrCloud.Searching;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>What the server says of itself; some of it is not true, as with its ancestor (searchInclude).</summary>
internal sealed class Capabilities(bool conformant)
{
    private const string OAuthUris = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

    public Answer Metadata(Exchange exchange) => Answer.Json(new JsonObject
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["date"] = "2025-01-15",
        ["kind"] = "instance",
        ["instantiates"] = new JsonArray("http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data"),
        ["software"] = new JsonObject { ["name"] = conformant ? "FHIR R4 sandbox" : "DrCloudEHR", ["version"] = "2025 (sandbox)" },
        ["fhirVersion"] = "4.0.1",
        ["format"] = conformant ? new JsonArray("application/fhir+json", "application/json") : new JsonArray("application/json"),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["security"] = Security(OAuthBase(exchange)),
            ["resource"] = Json.Array(SearchParameter.Types.Select(Resource)),
        }),
    }, contentType: conformant ? "application/fhir+json" : "application/json");

    public Answer SmartConfiguration(Exchange exchange)
    {
        var oauth = OAuthBase(exchange);
        var scopes = Json.Strings([.. SmartScopes.Base, .. SmartScopes.All]);
        var document = new JsonObject
        {
            ["authorization_endpoint"] = oauth + "/authorize",
            ["token_endpoint"] = oauth + "/token",
            ["registration_endpoint"] = oauth + "/registration",
            ["introspection_endpoint"] = oauth + "/introspect",
            ["code_challenge_methods_supported"] = Json.Strings("S256"),
            ["grant_types_supported"] = Json.Strings("client_credentials", "authorization_code"),
            ["scopes_supported"] = conformant ? scopes : new JsonArray((JsonNode)scopes),
            ["capabilities"] = Json.Strings(
                "launch-ehr", "launch-standalone", "client-public", "client-confidential-symmetric", "sso-openid-connect", "context-banner", "context-style",
                "context-ehr-patient", "context-standalone-patient", "permission-user", "permission-patient", "permission-offline"),
        };
        if (conformant)
        {
            document["issuer"] = oauth;
            document["revocation_endpoint"] = oauth + "/revoke";
            document["authorization_response_iss_parameter_supported"] = true;
        }

        return Answer.Json(document);
    }

    private IEnumerable<string> Interactions(string type) =>
    [
        "read", "search-type", .. conformant ? new[] { "vread", "history-instance" } : [], .. type == "Practitioner" ? new[] { "create", "update" } : [],
    ];

    private JsonObject Resource(string type)
    {
        var resource = new JsonObject
        {
            ["type"] = type,
            ["interaction"] = Json.Array(Interactions(type).Select(code => new JsonObject { ["code"] = code })),
            ["searchInclude"] = new JsonArray("*"),
            ["searchRevInclude"] = new JsonArray("Provenance:target"),
            ["searchParam"] = Json.Array(SearchParameter.Of(type, conformant).Select(row => new JsonObject { ["name"] = row.Name, ["type"] = row.Kind })),
        };
        if (conformant)
        {
            resource.Remove("searchInclude");
        }

        return resource;
    }

    private static JsonObject Security(string oauth) => new()
    {
        ["service"] = new JsonArray(Node.Term("restful-security-service", "SMART-on-FHIR", "SMART-on-FHIR")),
        ["extension"] = new JsonArray(new JsonObject
        {
            ["url"] = OAuthUris,
            ["extension"] = Json.Array(new[] { "token", "authorize", "register", "introspect" }.Select(name => new JsonObject
            {
                ["url"] = name, ["valueUri"] = $"{oauth}/{(name == "register" ? "registration" : name)}",
            })),
        }),
    };

    private static string OAuthBase(Exchange exchange) => $"{exchange.Origin}/drcloud/oauth2/{exchange.Route("site")}";
}
