using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Construe: code systems, their codes, and codes from text.</summary>
internal static class CodeEndpoints
{
    private const string System = PhenoMLEndpoints.System;
    private const string One = "/construe/codes/systems/{codesystem}";
    private const string Codes = "/construe/codes/{codesystem}";

    public static readonly Endpoint Extract = new(System, "POST", "/construe/extract", Effect.Transform, "phenoml.extract") { Rows = "codes" };

    public static readonly Endpoint Systems = new(System, "GET", "/construe/codes/systems", Effect.Read, "phenoml.system") { Rows = "systems" };

    public static readonly Endpoint Find = new(System, "GET", One, Effect.Read, "phenoml.system");

    /// <summary>Large ones take up to a minute, as the contract says.</summary>
    public static readonly Endpoint Delete = new(System, "DELETE", One, Effect.Delete, "phenoml.done");

    public static readonly Endpoint Export = new(System, "GET", $"{One}/export", Effect.Read, "phenoml.code") { Rows = "codes" };

    /// <summary>Never sent again by itself: with replace a repeat would start the work anew.</summary>
    public static readonly Endpoint Upload = new(System, "POST", "/construe/upload", Effect.Create, "phenoml.upload");

    public static readonly Endpoint List = new(System, "GET", Codes, Effect.Read, "phenoml.code") { Rows = "codes" };

    public static readonly Endpoint Lookup = new(System, "GET", $"{Codes}/{{codeID}}", Effect.Read, "phenoml.code");

    public static readonly Endpoint Semantic = new(System, "GET", $"{Codes}/search/semantic", Effect.Read, "phenoml.code") { Rows = "results" };

    public static readonly Endpoint Text = new(System, "GET", $"{Codes}/search/text", Effect.Read, "phenoml.code") { Rows = "results" };

    public static readonly Endpoint Feedback = new(System, "POST", "/construe/feedback", Effect.Create, "phenoml.feedback") { Discloses = true };

    public static readonly IReadOnlyList<Endpoint> All =
        [Extract, Systems, Find, Delete, Export, Upload, List, Lookup, Semantic, Text, Feedback];
}
