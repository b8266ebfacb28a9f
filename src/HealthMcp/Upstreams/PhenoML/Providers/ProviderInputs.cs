using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Providers;

internal sealed record ListFhirProvidersInput : ToolInput;

internal sealed record GetFhirProviderInput : ToolInput
{
    [Description("The provider: an fprov_… handle of list_fhir_providers (or an id that you already have).")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public required string Provider { get; init; }
}

internal sealed record DeleteFhirProviderInput : WriteInput
{
    [Description("The provider: an fprov_… handle of list_fhir_providers (or an id that you already have).")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public required string Provider { get; init; }
}

internal sealed record ProviderAuth
{
    [Description(
        "How PhenoML signs in to the FHIR server. jwt: PhenoML makes a key pair and shows its public half in its console; needs client_id. client_secret, on_behalf_of and "
        + "google_healthcare need credentials. token_passthrough: the operator of this server configures the token. none: no sign-in.")]
    [AllowedValues("jwt", "client_secret", "on_behalf_of", "google_healthcare", "token_passthrough", "none")]
    public required string AuthMethod { get; init; }

    [Description("OAuth client id, for auth_method jwt. With credentials it comes from there.")]
    [MinLength(1), MaxLength(300)]
    public string? ClientId { get; init; }

    [Description(
        "Name of an entry in the operator's file of provider secrets (PHENOML_PROVIDER_SECRETS). A secret itself is never an argument: never ask a user "
        + "for one, and never write one here.")]
    [RegularExpression(@"^[A-Za-z0-9._-]{1,64}$")]
    public string? Credentials { get; init; }

    [Description("Level of access on all resource types. Not together with scopes, and only for jwt, client_secret and on_behalf_of.")]
    [AllowedValues("admin", "read", "write")]
    public string? Role { get; init; }

    [Description("OAuth scopes to ask for, e.g. \"system/Patient.read system/Observation.read\". Not together with role.")]
    [MinLength(1), MaxLength(4000)]
    public string? Scopes { get; init; }

    [Description("When a jwt key ends. Left out, PhenoML's default.")]
    [Format("date-time")]
    public string? CredentialExpiry { get; init; }
}

internal sealed record SaveFhirProviderInput : WriteInput
{
    [Description("Name that people see, e.g. Epic production.")]
    [MinLength(1), MaxLength(200)]
    public required string Name { get; init; }

    [Description("What it is for.")]
    [MinLength(1), MaxLength(1000)]
    public string? Description { get; init; }

    [Description("Product of the FHIR server.")]
    [AllowedValues(
        "aidbox", "athenahealth", "canvas", "cerner", "elation", "epic", "google_healthcare", "hapi", "meditech", "medplum", "phenostore")]
    public required string Provider { get; init; }

    [Description("Base address of the FHIR server, https.")]
    [Format("uri"), MaxLength(1000)]
    public required string BaseUrl { get; init; }

    [Description("How PhenoML signs in there.")]
    public required ProviderAuth Auth { get; init; }
}

internal sealed record ChangeProviderAuthInput : WriteInput
{
    [Description("The provider: an fprov_… handle of list_fhir_providers (or an id that you already have).")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public required string Provider { get; init; }

    [Description(
        "add: another way to sign in (give auth); it is used only once it is set active. set_active: use this one from now on. remove: one that is not active.")]
    [AllowedValues("add", "set_active", "remove")]
    public required string Action { get; init; }

    [Description("For add: how PhenoML signs in.")]
    public ProviderAuth? Auth { get; init; }

    [Description("For set_active and remove: the authcfg_… handle of get_fhir_provider.")]
    [Handle("authcfg", PhenoMLEndpoints.System), MaxLength(200)]
    public string? AuthConfigId { get; init; }
}
