using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Fhir;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>Text to one FHIR resource.</summary>
internal sealed class Lang2FhirTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly ToolDefinition Create = new()
    {
        Name = "lang2fhir_create",
        Title = "Make a FHIR resource from text",
        Description = """
            Turns clinical text into one FHIR R4 resource, e.g. a Condition from "severe asthma with acute exacerbation". Nothing is stored anywhere: the resource
            is returned and checked against FHIR R4; notices say what is wrong and where (FHIRPath). Give the kind in resource where you know it; auto guesses. The text is sent to PhenoML, a third
            party. The resource is made by a language model: compare it with the text before it is used.
            """,
        Toolset = PhenoMLEndpoints.System,
        Core = true,
        Scopes = ["phenoml/fhir.create"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [PhenoMLEndpoints.Create],
        Input = PhenoMLJson.Default.CreateFhirInput,
        DataSchema = LanguageSchemas.Resource,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<CreateFhirInput>(Create, CreateAsync)];

    private async Task<UpstreamResult> CreateAsync(CreateFhirInput input, CallContext call, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(input.Text))
        {
            throw CallFailureException.Invalid("text", "text holds nothing but white space: say what the resource should hold.");
        }

        if (string.IsNullOrWhiteSpace(input.Resource))
        {
            throw CallFailureException.Invalid("resource", "resource is empty: use auto, or one of the kinds in its description.");
        }

        var text = outbound.Text("text", input.Text);
        var body = new CreateFhirBody(input.Version ?? "R4", input.Resource, text.Sent);
        var request = new UpstreamRequest(PhenoMLEndpoints.Create) { Body = JsonSerializer.SerializeToUtf8Bytes(body, PhenoMLJson.Default.CreateFhirBody) };
        var answer = await client.SendAsync(request, call, cancellation, PhenoMLFailures.IsOwn);
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, PhenoMLFailures.NoProfile, "resource");
        var notices = answer.Read(json => MadeResource.Check(json, input.Resource));
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, PhenoMLEndpoints.Create.Shape, [answer.Body]) { Single = true }) with
        {
            Echo = input.Text,
            Notices = [.. OutboundPolicy.Said(text), .. notices],
        };
    }
}
