using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>Which FHIR servers PhenoML knows.</summary>
internal sealed class ProviderTools(UpstreamClient client) : IToolSet
{
    private static readonly ToolDefinition List = new()
    {
        Name = "list_fhir_providers",
        Title = "List FHIR servers behind PhenoML",
        Description = """
            Lists the FHIR servers (providers) that PhenoML can read and write: product, ways to sign in, which is active. Give the id (fprov_…) to
            provider_fhir_search and the others. Below the identified level names and addresses are withheld; the handle will do. Secrets are never shown.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [ProviderEndpoints.List],
        Input = ProviderJson.Default.ListFhirProvidersInput,
        DataSchema = $$"""{"type":"array","items":{{ProviderView.Schema}}}""",
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_fhir_provider",
        Title = "Get one FHIR server behind PhenoML",
        Description = """
            Reads one FHIR server (provider) of PhenoML by its handle: product, ways to sign in with method, scopes and which is active. Secrets, keys and
            certificates are never shown, at any level.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [ProviderEndpoints.Get],
        Input = ProviderJson.Default.GetFhirProviderInput,
        DataSchema = ProviderView.Schema,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<ListFhirProvidersInput>(List, ListAsync), Tool.Reading<GetFhirProviderInput>(Get, GetAsync)];

    private async Task<UpstreamResult> ListAsync(ListFhirProvidersInput input, CallContext call, CancellationToken cancellation)
    {
        var rows = (await new ProviderRecords(client, call).AllAsync(cancellation)).Select(Row).ToList();
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, ProviderView.Shape, rows) { Total = rows.Count }) with
        {
            Searched = "the FHIR providers of one PhenoML account",
        };
    }

    private async Task<UpstreamResult> GetAsync(GetFhirProviderInput input, CallContext call, CancellationToken cancellation)
    {
        var provider = await new ProviderRecords(client, call).GetAsync(input.Provider, cancellation);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, ProviderView.Shape, [Row(provider)]) { Single = true });
    }

    private static ReadOnlyMemory<byte> Row(System.Text.Json.Nodes.JsonObject provider) => PhenoMLBody.Bytes(ProviderView.Of(provider));
}
