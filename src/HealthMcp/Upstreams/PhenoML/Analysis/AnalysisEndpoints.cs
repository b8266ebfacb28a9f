using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>Cohorts, summaries, OMOP and speech: what PhenoML makes of what it is sent.</summary>
internal static class AnalysisEndpoints
{
    private const string System = PhenoMLEndpoints.System;

    public static readonly Endpoint Cohort = new(System, "POST", "/cohort", Effect.Transform, "phenoml.cohort");

    /// <summary>Looks into the records of a FHIR provider.</summary>
    public static readonly Endpoint ProviderCohort = new(System, "POST", "/tools/cohort", Effect.Transform, "phenoml.cohort");

    public static readonly Endpoint Summary = new(System, "POST", "/fhir2summary/create", Effect.Transform, "phenoml.summary");

    public static readonly Endpoint Omop = new(System, "POST", "/fhir2omop/create", Effect.Transform, "phenoml.omop");

    public static readonly Endpoint Transcribe = new(System, "POST", "/transcribe", Effect.Transform, "phenoml.transcript");

    public static readonly IReadOnlyList<Endpoint> All = [Cohort, ProviderCohort, Summary, Omop, Transcribe];
}
