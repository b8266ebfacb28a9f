using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Searching;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>Records of a FHIR server behind PhenoML.</summary>
internal sealed class ProviderReadTools(UpstreamClient client, PhenoMLExtras extras) : IToolSet
{
    private const string Resources = """{"type":"array","items":{"type":"object","properties":{"resourceType":{"type":"string"}}}}""";

    private static readonly ToolDefinition Read = new()
    {
        Name = "provider_fhir_read",
        Title = "Read a record of a FHIR server behind PhenoML",
        Description = """
            Reads one FHIR record of a server that PhenoML knows (list_fhir_providers), by type and handle, or all its versions with history. For "Observation/obs_…"
            in a reference give type Observation and id obs_…. Without a handle, search first with provider_fhir_search. For DrCloudEHR itself use drcloud_fhir_read.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [ProviderEndpoints.Read],
        Input = ProviderJson.Default.ProviderFhirReadInput,
        DataSchema = Resources,
    };

    private static readonly ToolDefinition Search = new()
    {
        Name = "provider_fhir_search",
        Title = "Search a FHIR server behind PhenoML",
        Description = """
            Searches a FHIR server that PhenoML knows (list_fhir_providers) by FHIR R4 parameters, e.g. type Observation, the patient's handle, and
            {"name":"code","value":"http://loinc.org|4548-4"}. PhenoML passes them on as they are. To ask in words use search_fhir_by_text; lang2fhir_search makes
            the parameters. For DrCloudEHR itself use drcloud_fhir_search, which finishes what its server cannot.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [ProviderEndpoints.Read],
        Input = ProviderJson.Default.ProviderFhirSearchInput,
        DataSchema = Resources,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<ProviderFhirReadInput>(Read, ReadAsync), Tool.Reading<ProviderFhirSearchInput>(Search, SearchAsync)];

    private async Task<UpstreamResult> ReadAsync(ProviderFhirReadInput input, CallContext call, CancellationToken cancellation)
    {
        FhirNames.RequireType(input.Type);
        var server = new ProviderFhir(client, extras, input.Provider, call);
        var history = input.History == true;
        var path = history ? new[] { input.Type, input.Id, "_history" } : [input.Type, input.Id];
        var answer = await server.ReadAsync(server.Request(ProviderEndpoints.Read, path), cancellation);
        var rows = answer.Read(json => history ? FoundBundle.Of(json, input.Type).Matches : [FhirNames.Checked(json, input.Type)]);
        return Answer(rows) with { Searched = $"{input.Type} by id in one FHIR server behind PhenoML" };
    }

    private async Task<UpstreamResult> SearchAsync(ProviderFhirSearchInput input, CallContext call, CancellationToken cancellation)
    {
        FhirNames.RequireType(input.Type);
        var asked = (input.Parameters ?? []).Select(parameter => new SearchPair(parameter.Name, parameter.Value)).ToList();
        if (asked.Any(pair => BundleHandles.IsHandle(pair.Value)))
            throw CallFailureException.Invalid("parameters",
                "A parameter's value is a handle, which no FHIR server knows: give the patient in patient, other records by provider_fhir_read.");
        SearchGuard.Check(input.Type, asked, "parameters", input.Patient is not null, call);
        var server = new ProviderFhir(client, extras, input.Provider, call);
        var request = server.Request(ProviderEndpoints.Read, input.Type);
        foreach (var (name, value) in call.Page is { } page ? FoundBundle.Pairs(page) : First(input, asked)) request.Query(name, value);
        var answer = await server.ReadAsync(request, cancellation);
        var found = answer.Read(json => FoundBundle.Of(json, input.Type));
        var rows = call.IdentifiersVisible || !SearchGuard.IsLookUp(input.Type, asked)
            ? found.Matches : [.. found.Matches.Where(row => WholeLookUp.Matches(row, asked))];
        return Answer(rows, found.Total) with
        {
            NextPage = found.Next,
            Notices = found.MoreElsewhere ? ["The server has more and continues where this server does not follow: narrow the question, or raise count."] : [],
            Searched = $"{input.Type} in one FHIR server behind PhenoML, by {asked.Count + (input.Patient is null ? 0 : 1)} parameter(s)",
        };
    }

    private static IEnumerable<(string Name, string Value)> First(ProviderFhirSearchInput input, List<SearchPair> asked) =>
    [
        .. input.Patient is null ? [] : new[] { input.Type == "Patient" ? ("_id", input.Patient) : ("patient", $"Patient/{input.Patient}") },
        .. asked.Select(pair => (pair.Name, pair.Value)),
        .. asked.Exists(pair => pair.Bare == "_count")
            ? [] : new[] { ("_count", (input.Count ?? 20).ToString(System.Globalization.CultureInfo.InvariantCulture)) },
    ];

    private static UpstreamResult Answer(IReadOnlyList<ReadOnlyMemory<byte>> rows, long? total = null) =>
        UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, ProviderEndpoints.Read.Shape, rows) { Total = total });
}
