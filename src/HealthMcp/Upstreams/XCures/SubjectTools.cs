using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Tools about the persons in the registry.</summary>
internal sealed class SubjectTools(UpstreamClient xcures, TimeProvider time, LookupGuesses guesses) : IToolSet
{
    // A look-up compares at most this many candidates; more would mean that the vendor matches next to nothing.
    private const int LookupPages = 10;
    private const int LookupPageSize = 100;

    private static readonly ToolDefinition Search = new()
    {
        Name = "search_subjects",
        Title = "Search xCures subjects",
        Description = """
            Finds persons in the xCures patient registry and answers their handles (subj_…), which the other xCures tools take.
            To find one person, give firstName and lastName, or lastName and birthDate, or one identifier. To list a group, filter by
            labels, cohortIds, state, gender, dates or query counts. Names and identifiers are matched in full, never by prefix, unless
            you see identified data. An empty answer says what was searched. Next: get_clinical_concepts with the handle.
            """,
        Toolset = XCuresEndpoints.System,
        Core = true,
        Scopes = ["xcures/subjects.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [XCuresEndpoints.SearchSubjects],
        Input = XCuresJson.Default.SearchSubjectsInput,
        DataSchema = XCuresSchemas.Subjects,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<SearchSubjectsInput>(Search, SearchAsync)];

    public async Task<UpstreamResult> SearchAsync(SearchSubjectsInput input, CallContext call, CancellationToken cancellation)
    {
        var question = SubjectQuestion.Screen(input, call, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var result = question.Lookup ? await LookUpAsync(question.Input, call, cancellation) : await ListAsync(question.Input, call, cancellation);
        return result with { Notices = question.Notices, Searched = Searched(question) };
    }

    private async Task<UpstreamResult> ListAsync(SearchSubjectsInput asked, CallContext call, CancellationToken cancellation)
    {
        var at = call.Page is null ? PageState.First : PageState.Parse(call.Page);
        var newestFirst = asked.SortField is null or "created" && (asked.SortIsDescending ?? asked.SortField is null);
        while (true)
        {
            var page = await PageAsync(asked, at.Number, asked.PageSize ?? 25, call, cancellation);
            var rows = newestFirst ? at.Unseen(page) : page.Rows;
            var next = at.After(page);
            if (rows.Count > 0 || next is null) return Answer(rows, page.Total) with { NextPage = next?.ToString() };
            at = next;
        }
    }

    private Task<UpstreamResult> LookUpAsync(SearchSubjectsInput asked, CallContext call, CancellationToken cancellation)
    {
        if (asked.BirthDate is null || call.DatesVisible) return WholeMatchesAsync(asked, call, cancellation);
        var name = LookupGuesses.Who(asked.FirstName, asked.LastName);
        return guesses.AskAsync(name, asked.BirthDate, () => WholeMatchesAsync(asked, call, cancellation), answer => answer.Sections[0].Rows.Count > 0);
    }

    private async Task<UpstreamResult> WholeMatchesAsync(SearchSubjectsInput asked, CallContext call, CancellationToken cancellation)
    {
        var matches = new List<ReadOnlyMemory<byte>>();
        var at = PageState.First;
        for (var walked = 0; walked < LookupPages; walked++)
        {
            var page = await PageAsync(asked, at.Number, LookupPageSize, call, cancellation);
            matches.AddRange(page.Rows.Where(row => SubjectLookup.Holds(asked, row)));
            if (at.After(page) is not { } next) return Answer(matches, matches.Count);
            at = next;
        }

        throw new CallFailureException(
            FailureCodes.QuestionWithheld,
            "Too many subjects resemble this one to compare them all: look the person up by lastName and birthDate, or by one identifier.");
    }

    private async Task<XCuresPage> PageAsync(SearchSubjectsInput asked, int number, int size, CallContext call, CancellationToken cancellation)
    {
        // The vendor's default order is by identifier, which is withheld below the identified level.
        var request = new UpstreamRequest(XCuresEndpoints.SearchSubjects)
            .Query("pageNumber", number).Query("pageSize", size)
            .Query("sortField", asked.SortField ?? "created").Query("sortIsDescending", asked.SortIsDescending ?? asked.SortField is null);
        foreach (var filter in SubjectFilters.All) request.Query(filter.Name, filter.Values(asked));
        return (await xcures.SendAsync(request, call, cancellation)).Read(XCuresPage.Of);
    }

    private static UpstreamResult Answer(IReadOnlyList<ReadOnlyMemory<byte>> rows, long total) =>
        UpstreamResult.Of(XCuresEndpoints.System, new Section(null, XCuresEndpoints.SearchSubjects.Shape, rows) { Total = total });

    private string Searched(SubjectQuestion question)
    {
        var names = SubjectFilters.All.Where(filter => filter.Values(question.Input).Count > 0).Select(filter => filter.Name).ToList();
        var by = names.Count == 0 ? "without a filter" : $"by {string.Join(", ", names)}{(question.Lookup ? " (matched in full)" : "")}";
        var period = names.Exists(name => name.EndsWith("Start", StringComparison.Ordinal) || name.EndsWith("End", StringComparison.Ordinal))
            ? "within the dates given"
            : "of all dates";
        return $"Subjects of one {xcures.Source.Kind} xCures project, {by}, {period}.";
    }
}
