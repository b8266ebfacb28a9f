using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>Templates of summaries.</summary>
internal static class TemplateEndpoints
{
    private const string System = PhenoMLEndpoints.System;
    private const string One = "/fhir2summary/template/{id}";
    private const string Answer = "phenoml.template.answer";

    public static readonly Endpoint List = new(System, "GET", "/fhir2summary/templates", Effect.Read, "phenoml.template") { Rows = "templates" };

    public static readonly Endpoint Get = new(System, "GET", One, Effect.Read, Answer);

    public static readonly Endpoint Create = new(System, "POST", "/fhir2summary/template", Effect.Create, Answer) { Discloses = true };

    public static readonly Endpoint Update = new(System, "PUT", One, Effect.Update, Answer) { Discloses = true };

    public static readonly Endpoint Delete = new(System, "DELETE", One, Effect.Delete, "phenoml.done");

    public static readonly IReadOnlyList<Endpoint> All = [List, Get, Create, Update, Delete];
}
