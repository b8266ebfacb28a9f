using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Fhir;

/// <summary>Tools that answer the collected records as FHIR R4.</summary>
internal sealed class FhirTools(UpstreamClient xcures, FileTransfer files) : IToolSet
{
    // Rows of a page where none are asked for.
    private const int VendorSize = 50;

    private const string Rows = """{"type":"array","items":{"type":"object","properties":{"resourceType":{"type":"string"},"id":{"type":"string"}}}}""";

    private static readonly ToolHints Reads = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false);

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_fhir_resources",
        Title = "Get FHIR resources of an xCures subject",
        Description = """
            Reads the FHIR R4 resources of one type that were collected for one subject, page by page, as the sources wrote them: nothing is merged, so one fact
            can come several times. For merged and searchable facts use get_clinical_concepts, which is shorter and takes words, codes and dates; for
            all types at once, export_fhir. fields keeps an answer small, e.g. code.text, onsetDateTime for Condition.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/fhir.read"],
        Hints = Reads,
        Endpoints = [.. FhirEndpoints.Read, PeopleEndpoints.GetSubject],
        PersonRecord = PeopleEndpoints.GetSubject,
        Input = XCuresJson.Default.GetFhirResourcesInput,
        DataSchema = Rows,
    };

    private static readonly ToolDefinition Export = new()
    {
        Name = "export_fhir",
        Title = "Export all FHIR resources of an xCures subject",
        Description = """
            Reads all FHIR R4 resources that were collected for one subject, or those of some types, in one walk: by type, with the number of each. Use it where
            the whole record is needed; page.cursor goes on until all was given. For one type get_fhir_resources is quicker, and for a question about the record
            get_clinical_concepts is.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/fhir.read"],
        Hints = Reads,
        Endpoints = [FhirEndpoints.Export, PeopleEndpoints.GetSubject],
        PersonRecord = PeopleEndpoints.GetSubject,
        Input = XCuresJson.Default.ExportFhirInput,
        DataSchema = $$"""{"type":"object","description":"A list of resources for each type.","additionalProperties":{{Rows}}}""",
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<GetFhirResourcesInput>(Get, GetAsync), Tool.Reading<ExportFhirInput>(Export, ExportAsync)];

    public async Task<UpstreamResult> GetAsync(GetFhirResourcesInput input, CallContext call, CancellationToken cancellation)
    {
        var at = call.Page is null ? PageState.First : PageState.Parse(call.Page);
        var size = input.PageSize ?? 20;
        var request = new UpstreamRequest(FhirEndpoints.Of(input.Type)) { Accept = "application/json+fhir, application/fhir+json, application/json" }
            .Query("pageNumber", at.Number).Query("pageSize", size).Query("subjectId", input.Subject);
        var (rows, total) = (await xcures.SendAsync(request, call, cancellation)).Read(FhirFile.Bundle);

        // The total is not promised; where it is missing, a full page may have another behind it, and so may one that the vendor has cut: how long a page
        // may be is not documented, but what the vendor takes by itself it does not cut.
        var next = total is { } all ? at.After(new XCuresPage(rows, all))
            : rows.Count >= Math.Min(size, VendorSize) ? new PageState(at.Number + 1, at.Seen + rows.Count)
            : null;
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, FhirEndpoints.Resource, rows) { Total = total }) with
        {
            NextPage = next?.ToString(),
            Searched = $"{input.Type} resources of one subject in {xcures.Source.Kind} xCures, of all dates{(at.Number > 1 ? $", page {at.Number}" : "")}.",
        };
    }

    public async Task<UpstreamResult> ExportAsync(ExportFhirInput input, CallContext call, CancellationToken cancellation)
    {
        var all = await new FhirExport(xcures, files, call).ReadAsync(input.Subject, cancellation);
        var wanted = input.Types is { Count: > 0 } types ? [.. all.Where(resource => types.Contains(resource.Type, StringComparer.Ordinal))] : all;
        var (rows, next) = FhirExport.Page(wanted, call.Page);
        var totals = wanted.CountBy(resource => resource.Type).ToDictionary(StringComparer.Ordinal);
        return new UpstreamResult(
            XCuresEndpoints.System,
            [.. rows.GroupBy(resource => resource.Type).Select(type =>
                new Section(type.Key, FhirEndpoints.Resource, [.. type.Select(resource => resource.Row)]) { Total = totals[type.Key] })])
        {
            NextPage = next,
            Searched = $"All FHIR resources of one subject in {xcures.Source.Kind} xCures{(input.Types is null ? "" : ", of the given types")}, of all dates.",
        };
    }
}
