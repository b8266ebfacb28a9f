using System.Text.Json.Nodes;
using HealthMcp.Sandbox.PhenoML.Summaries;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Omop;

internal static class OmopOperation
{
    public static Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || Resources.Of(body["fhir_resources"]) is not { } resources)
        {
            return SummaryOperations.Refuse("fhir_resources must be a FHIR resource or Bundle");
        }

        if (!resources.Any(resource => resource.Type() == "Patient"))
        {
            return SummaryOperations.Refuse("No Patient resource found; OMOP requires at least one person");
        }

        var rows = new OmopRows(resources);
        foreach (var resource in resources)
        {
            rows.Add(resource);
        }

        return Answer.Json(rows.Answer());
    }
}
