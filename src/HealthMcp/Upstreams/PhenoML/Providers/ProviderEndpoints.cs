using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>FHIR servers that PhenoML knows, and what is behind them.</summary>
internal static class ProviderEndpoints
{
    private const string System = PhenoMLEndpoints.System;
    private const string One = "/fhir-provider/{fhir_provider_id}";
    private const string Fhir = One + "/fhir";
    private const string Path = Fhir + "/{fhir_path}";
    private const string Answer = "phenoml.provider.answer";
    private const string Resource = "phenoml.resource";

    public static readonly Endpoint List = new(System, "GET", "/fhir-provider/list", Effect.Read, "phenoml.provider") { Rows = "fhir_providers" };

    public static readonly Endpoint Get = new(System, "GET", One, Effect.Read, Answer);

    public static readonly Endpoint Create = new(System, "POST", "/fhir-provider", Effect.Create, Answer);

    public static readonly Endpoint Delete = new(System, "DELETE", One, Effect.Delete, "phenoml.done");

    public static readonly Endpoint AddAuth = new(System, "PATCH", One + "/add-auth-config", Effect.Update, Answer);

    public static readonly Endpoint RemoveAuth = new(System, "PATCH", One + "/remove-auth-config", Effect.Update, Answer);

    public static readonly Endpoint SetActiveAuth = new(System, "PATCH", One + "/set-active-auth-config", Effect.Update, Answer);

    public static readonly Endpoint Bundle = new(System, "POST", Fhir, Effect.Create, Resource);

    public static readonly Endpoint Read = new(System, "GET", Path, Effect.Read, Resource);

    public static readonly Endpoint Upsert = new(System, "PUT", Path, Effect.Update, Resource);

    public static readonly Endpoint Make = new(System, "POST", Path, Effect.Create, Resource);

    public static readonly Endpoint Remove = new(System, "DELETE", Path, Effect.Delete, Resource);

    public static readonly Endpoint Patch = new(System, "PATCH", Path, Effect.Update, Resource);

    public static IReadOnlyList<Endpoint> All { get; } =
        [List, Get, Create, Delete, AddAuth, RemoveAuth, SetActiveAuth, Bundle, Read, Upsert, Make, Remove, Patch];
}
