using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Text to medical codes.</summary>
internal sealed class CodeExtractionTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly ToolDefinition ExtractCodes = new()
    {
        Name = "extract_codes",
        Title = "Extract medical codes from text",
        Description = """
            Turns clinical text into medical codes: ICD-10-CM, ICD-10-PCS, SNOMED CT, LOINC, RxNorm, HPO, CPT or an uploaded code system, one or several in a
            call. Each row is a code with description, valid, and on request the reason, its parents and the exact spans of the text (citations, offsets in
            UTF-16 code units); group_by citation turns that round, for checking. The text is sent to PhenoML, a third party. Codes come from a language
            model: have them checked before they are billed or stored. For one term or code use search_codes.
            """,
        Toolset = PhenoMLEndpoints.System,
        Core = true,
        Scopes = ["phenoml/codes.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [CodeEndpoints.Extract],
        Input = CodesJson.Default.ExtractCodesInput,
        DataSchema = ExtractSchema.Rows,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<ExtractCodesInput>(ExtractCodes, ExtractAsync)];

    private async Task<UpstreamResult> ExtractAsync(ExtractCodesInput input, CallContext call, CancellationToken cancellation)
    {
        ExtractRules.Check(input);
        var byCitation = input.GroupBy == "citation";
        var config = byCitation ? (input.Config ?? new ExtractConfig()) with { IncludeCitations = true } : input.Config;
        var text = outbound.Text("text", input.Text);
        var extraction = new Extraction(client, call, text, config);
        var found = input.Systems is { } systems
            ? await extraction.AllAsync(systems, cancellation)
            : await extraction.OneAsync(input.System, cancellation);
        var section = byCitation
            ? new Section(null, "phenoml.extract.citation", CitationGroups.Of(found.Rows))
            : new Section(null, CodeEndpoints.Extract.Shape, found.Rows);
        return UpstreamResult.Of(PhenoMLEndpoints.System, section with { Total = section.Rows.Count }) with
        {
            Echo = input.Text,
            Searched = input.Systems is { } several
                ? $"the given text, for codes of {several.Count} code systems"
                : "the given text, for codes of one code system",
            Notices = [.. OutboundPolicy.Said(text), .. found.Notices, .. ExtractRules.Ignored(input)],
        };
    }
}
