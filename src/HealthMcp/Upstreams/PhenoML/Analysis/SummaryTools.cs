using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>From FHIR to a text.</summary>
internal sealed class SummaryTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private const string Ips = "ips";

    private static readonly ToolDefinition Summarize = new()
    {
        Name = "summarize_fhir",
        Title = "Summarise FHIR records",
        Description = """
            Makes a text of FHIR resources: mode ips gives an International Patient Summary of a Bundle with one Patient (allergies, medications, problems,
            immunizations, procedures, vital signs), narrative fills a template of list_summary_templates, flatten writes one line for each value. What it
            could not fill in is in warnings. The resources are sent to PhenoML, a third party, as they stand: send what the summary needs and no more.
            Compare the text with the records before it is used.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/analysis.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [AnalysisEndpoints.Summary],
        Input = AnalysisJson.Default.SummarizeFhirInput,
        DataSchema = AnalysisSchemas.Summary,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<SummarizeFhirInput>(Summarize, SummarizeAsync)];

    public async Task<UpstreamResult> SummarizeAsync(SummarizeFhirInput input, CallContext call, CancellationToken cancellation)
    {
        outbound.RequireAsIs("fhir_resources", OutboundPolicy.Records);
        var mode = input.Mode ?? "narrative";
        var fhir = SentFhir.Read(input.FhirResources);
        Check(mode, input.TemplateId, fhir);
        var body = new SummaryBody(mode, input.TemplateId, input.FhirResources);
        var request = new UpstreamRequest(AnalysisEndpoints.Summary) { Body = JsonSerializer.SerializeToUtf8Bytes(body, AnalysisJson.Default.SummaryBody) };
        var answer = await client.SendAsync(request, call, cancellation, status => status is 402 or 403 or 404);
        if (answer.Status is 403 or 404)
            throw new CallFailureException(
                FailureCodes.NotFound, $"PhenoML has no such template for this account ({answer.Status}): take a handle from list_summary_templates.")
            {
                Argument = "template_id",
            };
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "", "fhir_resources");
        VendorAnswer.Succeeded(answer);
        var section = new Section(null, AnalysisEndpoints.Summary.Shape, [answer.Body]) { Single = true, Fields = ["summary", "warnings"] };
        return UpstreamResult.Of(PhenoMLEndpoints.System, section) with { Echo = fhir.Words() };
    }

    private static void Check(string mode, string? template, SentFhir fhir)
    {
        if (mode == "narrative" && template is null)
            throw CallFailureException.Invalid(
                "template_id", "template_id is needed for mode narrative: take one from list_summary_templates, or choose mode ips or flatten.");
        if (mode != "narrative" && template is not null)
            throw CallFailureException.Invalid("template_id", "template_id belongs to mode narrative: leave it out, or choose that mode.");
        if (mode == Ips) CheckPatient(fhir);
    }

    // What the vendor would refuse is not disclosed to it.
    private static void CheckPatient(SentFhir fhir)
    {
        var patients = fhir.Of("Patient").ToList();
        if (!fhir.IsBundle || patients.Count != 1)
            throw CallFailureException.Invalid(
                "fhir_resources",
                $"Mode ips needs a Bundle with exactly one Patient, and this {(fhir.IsBundle ? $"has {patients.Count}" : "is no Bundle")}: "
                    + "mend it, or choose another mode.");
        if (!patients[0].TryGetProperty("id", out _) && !patients[0].TryGetProperty("identifier", out _) && fhir.AddressOf("Patient") is null)
            throw CallFailureException.Invalid(
                "fhir_resources", "Mode ips needs a Patient with id, identifier or fullUrl, by which the other resources name it: add one.");
    }
}
