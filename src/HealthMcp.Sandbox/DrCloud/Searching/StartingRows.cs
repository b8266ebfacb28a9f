using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>Where a search begins: one patient's chart when one is asked for, so that a large store is not read through for it; else everything.</summary>
internal static class StartingRows
{
    public static IEnumerable<JsonObject> Of(FhirStore store, string type, Query query, bool conformant)
    {
        if (query.All("patient").ToList() is not [var patient] || SearchParameter.Find(type, "patient", conformant) is not { } parameter) return store.Of(type);
        var id = patient[(patient.LastIndexOf('/') + 1)..];
        return Guid.TryParse(id, out _) ? store.Of(type, parameter.Path, id.ToLowerInvariant()) : store.Of(type);
    }
}
