using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Tools that look codes up.</summary>
internal sealed class CodeReadTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly string[] Scopes = ["phenoml/codes.read"];
    private static readonly ToolHints Reads = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true);

    private static readonly ToolDefinition ListSystems = new()
    {
        Name = "list_code_systems",
        Title = "List code systems",
        Description = """
            Lists the code systems of this PhenoML instance, built-in and uploaded: name, version, number of codes. With name it reads one, with its status
            (processing, ready, failed) and dates: that is how to look after upload_code_system. What is in one: list_codes, search_codes.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = Scopes,
        Hints = Reads,
        Endpoints = [CodeEndpoints.Systems, CodeEndpoints.Find],
        Input = CodesJson.Default.ListCodeSystemsInput,
        DataSchema = CodeSchemas.Systems,
    };

    private static readonly ToolDefinition Search = new()
    {
        Name = "search_codes",
        Title = "Search medical codes",
        Description = """
            Finds codes in one code system by a description or keyword, best first. method semantic understands meaning ("trouble breathing at night" finds
            orthopnea) and works in every code system; method text finds keywords, typing mistakes and parts of codes, and only in built-in ones. To code a
            whole note use extract_codes; for one known code get_code. The words are sent to PhenoML, a third party: describe the finding, not the person.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = Scopes,
        Hints = Reads,
        Endpoints = [CodeEndpoints.Semantic, CodeEndpoints.Text],
        Input = CodesJson.Default.SearchCodesInput,
        DataSchema = CodeSchemas.Codes,
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_code",
        Title = "Get one medical code",
        Description = """
            Looks one code up: its description and, where the code system has one, its definition. Use it to check a code before it is used. If the code is not
            known exactly, search_codes.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = Scopes,
        Hints = Reads,
        Endpoints = [CodeEndpoints.Lookup],
        Input = CodesJson.Default.GetCodeInput,
        DataSchema = CodeSchemas.OneCode,
    };

    private static readonly ToolDefinition List = new()
    {
        Name = "list_codes",
        Title = "List the codes of a code system",
        Description = """
            Lists the codes of one code system in its own order, page by page: for small or uploaded ones. The large ones have 100,000 codes and more, so
            search_codes is what finds something there.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = Scopes,
        Hints = Reads,
        Endpoints = [CodeEndpoints.List],
        Input = CodesJson.Default.ListCodesInput,
        DataSchema = CodeSchemas.Codes,
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<ListCodeSystemsInput>(ListSystems, ListSystemsAsync), Tool.Reading<SearchCodesInput>(Search, SearchAsync),
        Tool.Reading<GetCodeInput>(Get, GetAsync), Tool.Reading<ListCodesInput>(List, ListAsync),
    ];

    public async Task<UpstreamResult> ListSystemsAsync(ListCodeSystemsInput input, CallContext call, CancellationToken cancellation)
    {
        var catalog = new CodeCatalog(client, call);
        if (input.Name is not { } name)
        {
            if (input.Version is not null) throw CallFailureException.Invalid("version", "version needs name: give both, or neither for the whole list.");
            var answer = await catalog.AskAsync(new UpstreamRequest(CodeEndpoints.Systems), "name", cancellation);
            var rows = answer.Read(json => Rows.At(json, "systems"));
            return Result(CodeEndpoints.Systems, rows) with { Searched = $"Code systems of one {client.Source.Kind} PhenoML instance." };
        }

        var found = await catalog.FindAsync(CodeNames.System(name, "name"), input.Version, "name", cancellation) ?? throw CodeFailures.Missing("name");
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, CodeEndpoints.Find.Shape, [found.Row]) { Single = true });
    }

    public async Task<UpstreamResult> SearchAsync(SearchCodesInput input, CallContext call, CancellationToken cancellation)
    {
        var system = CodeNames.System(input.CodeSystem, "code_system");
        var byText = input.Method == "text";
        if (string.IsNullOrWhiteSpace(input.Text)) throw CallFailureException.Invalid("text", "text holds nothing but white space: say what to look for.");
        if (!byText && input.Limit > 50)
            throw CallFailureException.Invalid("limit", "limit is at most 50 for method semantic: ask for fewer, or use method text.");
        var endpoint = byText ? CodeEndpoints.Text : CodeEndpoints.Semantic;
        var text = outbound.Text("text", input.Text.Trim());
        var request = CodeCatalog.About(endpoint, system, input.Version).Query(byText ? "q" : "text", text.Sent).Query("limit", input.Limit);
        var answer = await new CodeCatalog(client, call).AskAsync(request, "code_system", cancellation);
        var rows = answer.Read(json => Rows.At(json, "results"));
        var total = byText ? answer.Read(json => Number(json, "found")) : null;
        return Result(endpoint, rows) with
        {
            Sections = [new Section(null, endpoint.Shape, rows) { Total = total ?? rows.Count }],
            Searched = $"One code system of {client.Source.Kind} PhenoML, {(byText ? "by keywords; uploaded code systems are not indexed for that, "
                + "use method semantic there" : "by meaning")}.",
            Notices = [.. OutboundPolicy.Said(text), .. CodeSystems.Rules(system)],
        };
    }

    public async Task<UpstreamResult> GetAsync(GetCodeInput input, CallContext call, CancellationToken cancellation)
    {
        var system = CodeNames.System(input.CodeSystem, "code_system");
        var request = CodeCatalog.About(CodeEndpoints.Lookup, system, input.Version).Route("codeID", CodeNames.Code(input.Code, system));
        var answer = await client.SendAsync(request, call, cancellation, CodeFailures.IsOwn);
        if (answer.Status == 404)
            throw new CallFailureException(
                FailureCodes.NotFound,
                "PhenoML has no such code in this code system and version (404): search_codes finds codes, list_code_systems shows the systems.")
            {
                Argument = "code",
            };
        if (answer.Status >= 400) throw CodeFailures.Of(answer, "code_system");
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, CodeEndpoints.Lookup.Shape, [answer.Body]) { Single = true }) with
        {
            Notices = [.. CodeSystems.Rules(system)],
        };
    }

    public async Task<UpstreamResult> ListAsync(ListCodesInput input, CallContext call, CancellationToken cancellation)
    {
        var system = CodeNames.System(input.CodeSystem, "code_system");
        var request = CodeCatalog.About(CodeEndpoints.List, system, input.Version).Query("cursor", call.Page).Query("limit", input.Limit);
        var answer = await new CodeCatalog(client, call).AskAsync(request, "code_system", cancellation);
        return Result(CodeEndpoints.List, answer.Read(json => Rows.At(json, "codes"))) with
        {
            NextPage = answer.Read(Next),
            Searched = $"All codes of one code system of {client.Source.Kind} PhenoML.",
            Notices = [.. CodeSystems.Rules(system)],
        };
    }

    private static UpstreamResult Result(Endpoint endpoint, IReadOnlyList<ReadOnlyMemory<byte>> rows) =>
        UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, endpoint.Shape, rows));

    private static long? Number(ReadOnlyMemory<byte> json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number : null;
    }

    // A cursor beside has_more false would lead round and round.
    private static string? Next(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return root.TryGetProperty("has_more", out var more) && more.ValueKind == JsonValueKind.True
            && root.TryGetProperty("next_cursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
    }
}
