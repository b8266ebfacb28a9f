using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>Documents to FHIR.</summary>
internal sealed class DocumentTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly ToolDefinition Document = new()
    {
        Name = "lang2fhir_document",
        Title = "Make FHIR from a document",
        Description = """
            Has PhenoML read a document (PDF, PNG or JPEG as base64) and makes FHIR R4 of it: one resource of the kind in resource, e.g. a Questionnaire of an
            intake form, or with multi true a transaction Bundle of all that it tells of. Nothing is stored. The file is sent to PhenoML, a third party, as it
            is: nothing is taken out of it. What comes back is checked against FHIR R4; notices say what is wrong and where. For text use lang2fhir_create or
            lang2fhir_create_multi. A language model made it: compare it with the document.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/fhir.create"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [LanguageEndpoints.Document, LanguageEndpoints.DocumentMulti],
        Input = LanguageJson.Default.DocumentToFhirInput,
        DataSchema = """{"type":"object","description":"One FHIR R4 resource; with multi true bundle and resources, as of lang2fhir_create_multi"}""",
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<DocumentToFhirInput>(Document, ReadAsync)];

    private async Task<UpstreamResult> ReadAsync(DocumentToFhirInput input, CallContext call, CancellationToken cancellation)
    {
        var multi = input.Multi == true;
        CheckKind(input, multi);
        outbound.RequireAsIs("content", "nothing can be taken out of a document here");
        DocumentFile.Check(input.Content);
        var endpoint = multi ? LanguageEndpoints.DocumentMulti : LanguageEndpoints.Document;
        var request = new UpstreamRequest(endpoint) { Body = Body(input, multi) };
        call.Progress(0, null, "PhenoML reads the document; this may take some minutes.");
        var answer = await client.SendAsync(request, call, cancellation, PhenoMLFailures.IsOwn);
        if (answer.Status == 422)
            throw new CallFailureException(
                FailureCodes.UpstreamRejected,
                "PhenoML could not read the document, or its own check refused what it made (422): try another resource, multi true, or the text itself.")
            {
                Argument = "content",
            };
        if (multi) return MadeBundle.Result(answer, endpoint, "content");
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, PhenoMLFailures.NoProfile, "resource");
        var notices = answer.Read(json => MadeResource.Check(json, input.Resource!));
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, endpoint.Shape, [answer.Body]) { Single = true }) with { Notices = notices };
    }

    private static void CheckKind(DocumentToFhirInput input, bool multi)
    {
        if (!multi && string.IsNullOrWhiteSpace(input.Resource))
            throw CallFailureException.Invalid("resource", "Say in resource what to make of the document, or give multi true for all that it tells of.");
        if (multi && input.Resource is not null)
            throw CallFailureException.Invalid("resource", "With multi true PhenoML finds the kinds by itself: leave resource out, or multi.");
        if (!multi && (input.Provider ?? input.ImplementationGuide ?? input.DetectionEffort ?? input.ValidationMethod) is not null)
            throw CallFailureException.Invalid("multi", "provider, implementation_guide, detection_effort and validation_method go with multi true only.");
    }

    private static byte[] Body(DocumentToFhirInput input, bool multi)
    {
        var config = input.PageContext is null ? null : new JsonObject { ["page_filter"] = new JsonObject { ["context"] = input.PageContext } };
        return PhenoMLBody.Of(
        [
            ("version", input.Version ?? "R4"), ("resource", input.Resource), ("content", input.Content), .. multi ? MadeBundle.Options(input) : [],
            ("config", config),
        ]);
    }
}
