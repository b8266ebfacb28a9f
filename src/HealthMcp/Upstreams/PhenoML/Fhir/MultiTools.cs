using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>Text to a Bundle of all that it tells of.</summary>
internal sealed class MultiTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly ToolDefinition CreateMulti = new()
    {
        Name = "lang2fhir_create_multi",
        Title = "Make all FHIR resources of a text",
        Description = """
            Turns a text that tells of several things (e.g. a visit note) into one FHIR R4 transaction Bundle: patient, conditions, medications, observations and
            others, linked to each other, with the words each was made from. Nothing is stored: to store at once use store_fhir_from_text; to store after a look,
            provider_fhir_bundle. For one resource of a known kind lang2fhir_create is quicker. The Bundle is checked against FHIR R4; notices say what is wrong and where, links
            that lead nowhere and identifiers that were made up among it. The text is sent to PhenoML, a third party. A language model made it: compare it with the text.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/fhir.create"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [LanguageEndpoints.CreateMulti],
        Input = LanguageJson.Default.CreateFhirMultiInput,
        DataSchema = LanguageSchemas.Multi,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<CreateFhirMultiInput>(CreateMulti, CreateAsync)];

    private async Task<UpstreamResult> CreateAsync(CreateFhirMultiInput input, CallContext call, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(input.Text))
            throw CallFailureException.Invalid("text", "text holds nothing but white space: give the text that tells of the things to make.");
        var text = outbound.Text("text", input.Text);
        var request = new UpstreamRequest(LanguageEndpoints.CreateMulti)
        {
            Body = PhenoMLBody.Of([("text", text.Sent), ("version", input.Version ?? "R4"), .. MadeBundle.Options(input)]),
        };
        var answer = await client.SendAsync(request, call, cancellation, PhenoMLFailures.IsOwn);
        var result = MadeBundle.Result(answer, LanguageEndpoints.CreateMulti, "text");
        return result with { Echo = input.Text, Notices = [.. OutboundPolicy.Said(text), .. result.Notices] };
    }
}
