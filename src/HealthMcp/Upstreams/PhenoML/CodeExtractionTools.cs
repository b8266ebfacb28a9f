using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>Text to medical codes.</summary>
internal sealed class CodeExtractionTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly ToolDefinition ExtractCodes = new()
    {
        Name = "extract_codes",
        Title = "Extract medical codes from text",
        Description = """
            Turns clinical text into medical codes of one code system: ICD-10-CM, ICD-10-PCS, SNOMED CT, LOINC, RxNorm, HPO, CPT or an uploaded one.
            Each row is a code with description, valid, and on request the reason, its parents and the exact spans of the text (citations, offsets in UTF-16
            code units). One call codes in one system: call again for another. The text is sent to PhenoML, a third party. Codes come from a language model:
            have them checked before they are billed or stored.
            """,
        Toolset = PhenoMLEndpoints.System,
        Core = true,
        Scopes = ["phenoml/codes.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [PhenoMLEndpoints.Extract],
        Input = PhenoMLJson.Default.ExtractCodesInput,
        DataSchema = """
            {"type":"array","items":{"type":"object","properties":{"code":{"type":"string"},"description":{"type":"string"},"valid":{"type":"boolean"},
            "reason":{"type":"string"},"is_ancestor":{"type":["boolean","null"]},
            "citations":{"type":["array","null"],"items":{"type":"object","properties":{"text":{"type":"string"},
            "begin_offset":{"type":"integer","description":"UTF-16 code units of the text as sent"},"end_offset":{"type":"integer","description":"exclusive"},
            "verified":{"type":"boolean","description":"false: the span was not found in the text; do not rely on it"}}}},
            "categories":{"type":["array","null"],"items":{"type":"object","properties":{"uri":{"type":"string"},"label":{"type":"string"}}}}}}}
            """,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<ExtractCodesInput>(ExtractCodes, ExtractAsync)];

    private async Task<UpstreamResult> ExtractAsync(ExtractCodesInput input, CallContext call, CancellationToken cancellation)
    {
        ExtractRules.Check(input);
        var text = outbound.Text("text", input.Text);
        var body = new ExtractBody(text.Sent, input.System, input.Config);
        var request = new UpstreamRequest(PhenoMLEndpoints.Extract) { Body = JsonSerializer.SerializeToUtf8Bytes(body, PhenoMLJson.Default.ExtractBody) };
        var answer = await client.SendAsync(request, call, cancellation, PhenoMLFailures.IsOwn);
        if (answer.Status >= 400)
        {
            throw PhenoMLFailures.Of(
                answer,
                "PhenoML has no code system of this name and version: see the built-in ones in the description of system.name, or leave version out.",
                "system");
        }

        var citations = new CitationCheck(text);
        var rows = answer.Read(json => Rows.At(json, "codes").Select(citations.Correct).ToList());
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, PhenoMLEndpoints.Extract.Shape, rows) { Total = rows.Count }) with
        {
            Echo = input.Text,
            Searched = "the given text, for codes of one code system",
            Notices = [.. OutboundPolicy.Said(text), .. CodeSystems.Say(answer), .. ExtractRules.Ignored(input), .. citations.Notices()],
        };
    }
}
