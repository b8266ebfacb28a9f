using System.Globalization;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Fhir;

/// <summary>Tools that answer the collected records as FHIR R4.</summary>
internal sealed class FhirTools(UpstreamClient xcures, FileTransfer files) : IToolSet
{
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
        Endpoints = FhirEndpoints.Read,
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
        Endpoints = [FhirEndpoints.Export],
        Input = XCuresJson.Default.ExportFhirInput,
        DataSchema = $$"""{"type":"object","description":"A list of resources for each type.","additionalProperties":{{Rows}}}""",
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<GetFhirResourcesInput>(Get, GetAsync), Tool.Reading<ExportFhirInput>(Export, ExportAsync)];

    public async Task<UpstreamResult> GetAsync(GetFhirResourcesInput input, CallContext call, CancellationToken cancellation)
    {
        var number = Page(call.Page);
        var size = input.PageSize ?? 20;
        var request = new UpstreamRequest(FhirEndpoints.Of(input.Type)) { Accept = "application/json+fhir, application/fhir+json, application/json" }
            .Query("pageNumber", number).Query("pageSize", size).Query("subjectId", input.Subject);
        var (rows, total) = (await xcures.SendAsync(request, call, cancellation)).Read(FhirFile.Bundle);

        // The total is not promised; where it is missing, a full page may have another behind it.
        var more = total is { } all ? (long)number * size < all && rows.Count > 0 : rows.Count >= size;
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, FhirEndpoints.Resource, rows) { Total = total }) with
        {
            NextPage = more ? (number + 1).ToString(CultureInfo.InvariantCulture) : null,
            Searched = $"{input.Type} resources of one subject in {xcures.Source.Kind} xCures, of all dates{(number > 1 ? $", page {number}" : "")}.",
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

    private static int Page(string? page) => page is null ? 1
        : int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 1 ? number
        : throw new CallFailureException(
            FailureCodes.InvalidCursor,
            "The cursor does not belong to this question: leave it out to start again.") { Argument = "cursor" };
}
