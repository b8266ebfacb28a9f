using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Records;

/// <summary>Tools about requests for a person's records in the health networks.</summary>
internal sealed class RecordRequestTools(UpstreamClient xcures, TimeProvider time) : IToolSet
{
    private static readonly ToolDefinition Request = new()
    {
        Name = "request_records",
        Title = "Request a subject's records from the health networks",
        Description = """
            Asks the health networks (Carequality, TEFCA) through xCures for one subject's records. It is live, discloses the person's
            demographics to the networks, cannot be called back, and takes 20 to 30 minutes as a rule; a request that ended within the last
            30 days is as good. It is sent once: after a lost answer look with get_record_requests, which also follows it to its end by its
            handle (query_…). Then documents can be searched, and get_subject says when the clinical concepts are prepared.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/records.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        NotSigned = "a request for records has no text",
        Endpoints = [PeopleEndpoints.CreateQuery, PeopleEndpoints.GetQuery, PeopleEndpoints.SearchQueries, PeopleEndpoints.GetSubject],
        Input = XCuresJson.Default.RequestRecordsInput,
        DataSchema = RecordSchemas.One,
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_record_requests",
        Title = "Follow requests for records",
        Description = """
            Lists requests for records (request_records), newest first, or reads one by its handle (id, query_…) and, with waitSeconds,
            waits with progress until it has ended, e.g. {"id":"query_…","waitSeconds":1800}. It only reads: break it off and call again
            whenever you like. ccdaStatus and fhirStatus end with completed, exhausted (all sources were tried) or error. To send a
            request use request_records.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/records.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [PeopleEndpoints.SearchQueries, PeopleEndpoints.GetQuery],
        Input = XCuresJson.Default.GetRecordRequestsInput,
        DataSchema = RecordSchemas.Requests,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<RequestRecordsInput>(Request, PlanAsync), Tool.Reading<GetRecordRequestsInput>(Get, GetAsync)];

    public async Task<WritePlan> PlanAsync(RequestRecordsInput input, CallContext call, CancellationToken cancellation) =>
        await new RecordRequester(xcures, call, time).PlanAsync(input, cancellation);

    public async Task<UpstreamResult> GetAsync(GetRecordRequestsInput input, CallContext call, CancellationToken cancellation)
    {
        Contradiction(input, call);
        if (input.Id is not { } id) return await ListAsync(input, call, cancellation);
        var followed = await new RecordFollower(xcures, call, time).FollowAsync(id, TimeSpan.FromSeconds(input.WaitSeconds ?? 0), cancellation);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, PeopleEndpoints.GetQuery.Shape, [followed.Row])) with { Notices = followed.Notices };
    }

    private async Task<UpstreamResult> ListAsync(GetRecordRequestsInput input, CallContext call, CancellationToken cancellation)
    {
        var at = RecordPage.Parse(call.Page);
        var (from, to) = call.DatesVisible ? (input.CreatedFrom, input.CreatedTo) : (WholeYears.Start(input.CreatedFrom), NextYear(input.CreatedTo));
        var sort = input.SortField ?? "created";
        var descending = input.SortIsDescending ?? sort == "created";
        var request = new UpstreamRequest(PeopleEndpoints.SearchQueries)
            .Query("pageNumber", at.At.Number).Query("pageSize", input.PageSize ?? 25)
            .Query("sortField", sort).Query("sortIsDescending", descending)
            .Query("subjectId", input.Subject).Query("status", input.Status)
            .Query("createdFrom", Moment(from)).Query("createdTo", Earlier(at.Before, Moment(to)));
        var page = (await xcures.SendAsync(request, call, cancellation)).Read(XCuresPage.Of);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, PeopleEndpoints.SearchQueries.Shape, page.Rows) { Total = page.Total }) with
        {
            NextPage = at.Next(page, descending && sort == "created"),
            Notices = from == input.CreatedFrom && to == input.CreatedTo ? [] : [Widened],
            Searched = Searched(input),
        };
    }

    private const string Widened = "Dates are withheld below the year at this privacy level, so createdFrom and createdTo were widened to whole years.";

    private static void Contradiction(GetRecordRequestsInput input, CallContext call)
    {
        object?[] filters = [input.Subject, input.Status, input.CreatedFrom, input.CreatedTo, input.SortField, input.PageSize];
        if (input.Id is not null && filters.Any(filter => filter is not null))
            throw CallFailureException.Invalid("id", "id reads one request as it is: leave out the filters.");
        if (input.Id is null && input.WaitSeconds > 0)
            throw CallFailureException.Invalid("waitSeconds", "waitSeconds follows one request: give its handle in id.");
        if (input is { CreatedFrom: { } from, CreatedTo: { } to } && string.CompareOrdinal(from, to) >= 0)
            throw CallFailureException.Invalid("createdTo", "createdTo must lie after createdFrom; requests of the day of createdTo itself are not included.");
        if (input.SortField == "externalSystem" && !call.DatesVisible)
            throw new CallFailureException(FailureCodes.QuestionWithheld, "This sort order is withheld at this privacy level: sort by created or ccdaStatus.")
            {
                Argument = "sortField",
            };
    }

    // The bound is exclusive: what lies in its year is in the question, so the year's end is the next one's first day.
    private static string? NextYear(string? to) =>
        to is null ? null : to.EndsWith("-01-01", StringComparison.Ordinal) ? to : $"{int.Parse(to.AsSpan(0, 4), provider: null) + 1:0000}-01-01";

    private static string? Moment(string? date) => date is null ? null : $"{date}T00:00:00.000Z";

    private static string? Earlier(string? one, string? other) =>
        one is null || other is null ? one ?? other : string.CompareOrdinal(one, other) < 0 ? one : other;

    private string Searched(GetRecordRequestsInput input)
    {
        string?[] by = [input.Subject is null ? null : "subject", input.Status is null ? null : "status"];
        var names = by.OfType<string>().ToList();
        var period = input.CreatedFrom is null && input.CreatedTo is null ? "of all dates" : "within the dates given";
        var filters = names.Count == 0 ? "without a filter" : $"by {string.Join(", ", names)}";
        return $"Requests for records in one {xcures.Source.Kind} xCures project, {filters}, {period}.";
    }
}
