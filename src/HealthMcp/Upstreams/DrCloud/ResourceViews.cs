using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud;

/// <summary>The argument <c>view</c> of the tools that answer resources.</summary>
internal static class ResourceViews
{
    public const string Description = "resource: whole FHIR resources. summary: one line for each (date, what, code, value with unit, status, whose), lines that are "
        + "alike folded into one with their ids; much shorter, so start with it when there are many.";

    public static FhirView Of(string? view) => view == "summary" ? FhirView.Summary : FhirView.Resource;
}
