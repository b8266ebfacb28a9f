using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>Text and documents to FHIR, into FHIR servers, and questions to them.</summary>
internal static class LanguageEndpoints
{
    private const string System = PhenoMLEndpoints.System;

    // Documents are read page by page, and "fix" asks a language model several times.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    public static readonly Endpoint CreateMulti = new(System, "POST", "/lang2fhir/create/multi", Effect.Transform, "phenoml.multi") { Longest = Long };

    public static readonly Endpoint Document = new(System, "POST", "/lang2fhir/document", Effect.Transform, "phenoml.resource") { Longest = Long };

    public static readonly Endpoint DocumentMulti = new(System, "POST", "/lang2fhir/document/multi", Effect.Transform, "phenoml.multi") { Longest = Long };

    public static readonly Endpoint Upload = new(System, "POST", "/lang2fhir/profile/upload", Effect.Create, "phenoml.profile") { Discloses = true };

    public static readonly Endpoint Search = new(System, "POST", "/lang2fhir/search", Effect.Transform, "phenoml.search");

    public static readonly Endpoint Store = new(System, "POST", "/tools/lang2fhir-and-create", Effect.Create, "phenoml.stored") { Discloses = true };

    public static readonly Endpoint StoreMulti = new(System, "POST", "/tools/lang2fhir-and-create-multi", Effect.Create, "phenoml.multi") { Discloses = true };

    public static readonly Endpoint Ask = new(System, "POST", "/tools/lang2fhir-and-search", Effect.Transform, "phenoml.search");

    public static IReadOnlyList<Endpoint> All { get; } = [CreateMulti, Document, DocumentMulti, Upload, Search, Store, StoreMulti, Ask];
}
