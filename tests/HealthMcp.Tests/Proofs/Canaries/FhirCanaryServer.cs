using System.Text.Json.Nodes;
using HealthMcp.Tests.Proofs.R4;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>Answers FHIR requests with resources full of markers.</summary>
internal sealed class FhirCanaryServer(Planter planter)
{
    /// <param name="path">Behind the base, such as <c>Patient/1/_history</c>; xCures writes types in lower case.</param>
    public string Answer(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["metadata"]) return FhirStub.Vendor;
        var type = R4Definitions.Table.Resources.FirstOrDefault(known => known.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        if (type is null) return "{}";
        return parts switch
        {
            [_] => FhirStub.Bundle("collection", null, Resource(type, null), Resource(type, null)),
            [_, var id, "_history"] => FhirStub.Bundle("history", null, Resource(type, id), Resource(type, id)),
            [_, var id, ..] => Resource(type, id),
            _ => "{}",
        };
    }

    private string Resource(string type, string? id)
    {
        var made = FhirCanaries.Resource(type, planter);
        if (id is not null) made["id"] = JsonValue.Create(id);
        return made.ToJsonString();
    }
}
