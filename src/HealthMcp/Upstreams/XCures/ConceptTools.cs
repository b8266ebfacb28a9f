using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Tools about what the records of a subject say.</summary>
internal sealed class ConceptTools(UpstreamClient xcures) : IToolSet
{
    // The vendor asks for 10 to 15 requests in flight at most; the status question is the tenth.
    private const int InFlight = 9;

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_clinical_concepts",
        Title = "Get clinical concepts of an xCures subject",
        Description = """
            Reads what the collected records of one subject say: conditions, medications, allergies, procedures, biomarkers, labs,
            vitals, imaging, radiation, encounters, family and social history, surveys, coverage, demographics. xCures has extracted
            and merged them from documents; documentIds name the sources. Several kinds in one call; newest first. Filter by words
            (searchTerm), code with codeSystem, or dates; id reads one concept in full. Each kind says how many rows there are in
            all; page.cursor goes on. A notice says when xCures is still preparing the concepts, so that "nothing yet" is not read as
            "none". Get the subject's handle from search_subjects.
            """,
        Toolset = XCuresEndpoints.System,
        Core = true,
        Scopes = ["xcures/concepts.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [.. XCuresEndpoints.Concepts, PeopleEndpoints.GetSubject],
        PersonRecord = PeopleEndpoints.GetSubject,
        Input = XCuresJson.Default.GetClinicalConceptsInput,
        DataSchema = XCuresSchemas.Concepts,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<GetClinicalConceptsInput>(Get, GetAsync)];

    public async Task<UpstreamResult> GetAsync(GetClinicalConceptsInput input, CallContext call, CancellationToken cancellation)
    {
        var kinds = (input.Kinds ?? ConceptKinds.Default).Distinct(StringComparer.Ordinal).ToList();
        var (asked, notices) = ConceptQuestion.Screen(input, kinds, call);
        if (asked.Id is { } id) return await OneAsync(kinds[0], id, asked.Subject, call, cancellation);
        var status = call.Page is null ? ConceptsLoaded.NoticeAsync(xcures, asked.Subject, call, cancellation) : Task.FromResult<string?>(null);
        var search = SearchAsync(asked, kinds, call, cancellation);
        await Task.WhenAll(status, search);
        var result = await search;
        return await status is { } notice ? result with { Notices = [notice, .. notices] } : result with { Notices = notices };
    }

    private async Task<UpstreamResult> OneAsync(string kind, string id, string subject, CallContext call, CancellationToken cancellation)
    {
        var endpoint = XCuresEndpoints.GetConcept(kind);
        var request = new UpstreamRequest(endpoint).Route("id", id).Query("subjectId", subject);
        var body = (await xcures.SendAsync(request, call, cancellation)).Read(Record);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(kind, endpoint.Shape, [body]) { Single = true });
    }

    private async Task<UpstreamResult> SearchAsync(GetClinicalConceptsInput asked, List<string> kinds, CallContext call, CancellationToken cancellation)
    {
        var states = ConceptPages.Start(kinds, call.Page);
        var open = kinds.Where(states.ContainsKey).ToList();
        var size = asked.PageSize ?? (kinds.Count == 1 ? 25 : 10);
        var pages = new XCuresPage[open.Count];
        var done = new Counter(open.Count, call.Progress);
        await Parallel.ForAsync(0, open.Count, new ParallelOptions
        {
            MaxDegreeOfParallelism = InFlight,
            CancellationToken = cancellation,
        }, async (index, inner) =>
        {
            pages[index] = await PageAsync(asked, open[index], states[open[index]].Number, size, call, inner);
            done.Next(open[index]);
        });
        return new UpstreamResult(
            XCuresEndpoints.System,
            [.. open.Select((kind, i) =>
                new Section(kind, XCuresEndpoints.SearchConcepts(kind).Shape, [.. pages[i].Rows.Select(ConceptRow.Once)]) { Total = pages[i].Total })])
        {
            NextPage = ConceptPages.Next(open.Select((kind, i) => (kind, states[kind].After(pages[i])))),
            Searched = Searched(asked, open),
        };
    }

    private async Task<XCuresPage> PageAsync(
        GetClinicalConceptsInput asked, string kind, int number, int size, CallContext call, CancellationToken cancellation)
    {
        // Left to itself the vendor sorts by score, lowest first.
        var request = new UpstreamRequest(XCuresEndpoints.SearchConcepts(kind))
            .Query("subjectId", asked.Subject).Query("pageNumber", number).Query("pageSize", size)
            .Query("sortField", asked.SortField ?? "date").Query("sortIsDescending", asked.SortIsDescending ?? true)
            .Query("searchTerm", asked.SearchTerm?.Trim()).Query("searchTermMode", asked.SearchTermMode)
            .Query("code", asked.Code?.Trim()).Query("codeSystem", asked.CodeSystem)
            .Query("dateStart", asked.DateStart).Query("dateEnd", asked.DateEnd);
        return (await xcures.SendAsync(request, call, cancellation)).Read(XCuresPage.Of);
    }

    private static ReadOnlyMemory<byte> Record(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object ? body : throw new JsonException("object expected");
    }

    private string Searched(GetClinicalConceptsInput asked, List<string> kinds)
    {
        string?[] by = [asked.SearchTerm is null ? null : "searchTerm", asked.Code is null ? null : "code", asked.CodeSystem is null ? null : "codeSystem"];
        var filters = by.OfType<string>().ToList();
        var period = asked.DateStart is null && asked.DateEnd is null ? "of all dates" : "within the dates given";
        return $"Clinical concepts of one subject in {xcures.Source.Kind} xCures: "
            + $"{string.Join(", ", kinds)}{(filters.Count == 0 ? "" : $", by {string.Join(", ", filters)}")}, {period}.";
    }

    /// <summary>Progress must only go up, whichever kind is done first.</summary>
    private sealed class Counter(int total, Action<int, int?, string> progress)
    {
        private readonly Lock _gate = new();
        private int _done;

        public void Next(string kind)
        {
            lock (_gate) progress(++_done, total, $"{kind} read");
        }
    }
}
