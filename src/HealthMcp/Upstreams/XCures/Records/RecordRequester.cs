using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Subjects;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Records;

/// <summary>
/// Plans and sends one request for records. The vendor has no protection against a second one, so the requests that are there are read first: one
/// under way is not joined by another unasked, and a confirmation is good only while no new one has come.
/// </summary>
internal sealed class RecordRequester(UpstreamClient xcures, CallContext call, TimeProvider time)
{
    private const int Newest = 50;
    private static readonly TimeSpan AsGoodAsNew = TimeSpan.FromDays(30);

    private const string FindOut = "list the subject's requests with get_record_requests, and request again only if no new one is there";

    public async Task<WritePlan> PlanAsync(RequestRecordsInput input, CancellationToken cancellation)
    {
        var (subject, earlier) = (SubjectAsync(input.Subject, cancellation), EarlierAsync(input.Subject, cancellation));
        await Task.WhenAll(subject, earlier);
        var known = await earlier;
        if (input.Again != true && known.Any(query => !RecordStatus.Of(query).HasEnded)) throw UnderWay();
        var body = new JsonObject { ["subjectId"] = input.Subject };
        if (input.OrganizationIds is { } organizations) body["organizationIds"] = new JsonArray([.. organizations.Select(id => JsonValue.Create(id))]);
        return new WritePlan(PeopleEndpoints.CreateQuery, PeopleEndpoints.CreateQuery.Path, SubjectDraft.Bytes(body))
        {
            Preview = SubjectDraft.Bytes(new JsonObject { ["subjectId"] = input.Subject }),
            PreviewShape = PeopleEndpoints.GetQuery.Shape,
            ForPerson = SubjectDraft.Bytes(body),
            FindOut = FindOut,
            RecordVersion = VersionOf(known),
            Warnings = Warnings(await subject, known),
            Says = $"Asks {(input.OrganizationIds is { } some ? $"{some.Count} organization(s)" : "the health networks")} "
                + $"through {xcures.Source.Kind} xCures for the records of one subject.",
            Execute = (_, inner) => SendAsync(body, TimeSpan.FromSeconds(input.WaitSeconds ?? 0), inner),
        };
    }

    private async Task<UpstreamResult> SendAsync(JsonObject body, TimeSpan wait, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(PeopleEndpoints.CreateQuery) { Body = SubjectDraft.Bytes(body) };
        var stored = await new OnceWriter(xcures, call).SendAsync(request, XCuresRecord.Of, FindOut, cancellation);
        if (XCuresRecord.Fields(stored).Text("id") is not { Length: > 0 } id) throw UpstreamFailures.InDoubt(XCuresEndpoints.System, FindOut);
        try
        {
            var followed = await new RecordFollower(xcures, call, time).FollowAsync(id, wait, cancellation);
            var verified = XCuresRecord.Fields(followed.Row).Text("subjectId") == body["subjectId"]!.GetValue<string>();
            return Answer(PeopleEndpoints.GetQuery, followed.Row, verified, followed.Notices);
        }
        catch (Exception e) when (e is CallFailureException or OperationCanceledException)
        {
            // It is sent: failing to look at it, or a caller who no longer waits, must not look like a failed request.
            return Answer(PeopleEndpoints.CreateQuery, stored, false, ["The request was sent but could not be followed: use get_record_requests with its id."]);
        }
    }

    private static UpstreamResult Answer(Endpoint shape, ReadOnlyMemory<byte> row, bool verified, IReadOnlyList<string> notices) =>
        UpstreamResult.Of(XCuresEndpoints.System, new Section(null, shape.Shape, [row]) { Single = true }) with
        {
            Write = new WriteOutcome(WrittenRecord.Done, verified),
            Notices = notices,
        };

    private async Task<JsonObject> SubjectAsync(string id, CancellationToken cancellation)
    {
        var answer = await xcures.SendAsync(new UpstreamRequest(PeopleEndpoints.GetSubject).Route("id", id), call, cancellation);
        var raw = answer.Read(body => XCuresRecord.Of(id, body));
        call.Read.Add(PeopleEndpoints.GetSubject.Shape, raw);
        var subject = XCuresRecord.Fields(raw);
        DemoSubjects.Refuse(xcures.Source, subject);
        return subject;
    }

    private async Task<IReadOnlyList<JsonObject>> EarlierAsync(string subject, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(PeopleEndpoints.SearchQueries)
            .Query("pageNumber", 1).Query("pageSize", Newest).Query("sortField", "created").Query("sortIsDescending", true).Query("subjectId", subject);
        return (await xcures.SendAsync(request, call, cancellation)).Read(body => XCuresPage.Of(body).Rows.Select(XCuresRecord.Fields).ToList());
    }

    // Which fields are there shows in every answer about the subject; how old a request is does not, where dates are withheld.
    private IReadOnlyList<string> Warnings(JsonObject subject, IReadOnlyList<JsonObject> earlier)
    {
        var said = new List<string> { "The request is live: it discloses the person's demographics to the networks and cannot be called back." };
        string[] lacking = [.. new[] { "birthDate", "gender", "addressPostalCode" }.Where(name => subject[name] is null)];
        if (lacking.Length > 0) said.Add($"The subject has no {string.Join(", ", lacking)}, by which networks match: the request may find nothing.");
        if (earlier.Any(query => !RecordStatus.Of(query).HasEnded)) said.Add("Another request of this subject is still under way.");
        if (call.DatesVisible && earlier.Any(IsAsGoodAsNew))
        {
            said.Add("A request of the last 30 days was completed, which is as good as a new one: see get_record_requests.");
        }

        return said;
    }

    private bool IsAsGoodAsNew(JsonObject query) =>
        RecordStatus.Of(query).Ccda == "completed"
        && DateTimeOffset.TryParse(query.Text("created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made)
        && time.GetUtcNow() - made < AsGoodAsNew;

    private static CallFailureException UnderWay() =>
        new(
            FailureCodes.Conflict,
            "A request for this subject's records is still under way: follow it with get_record_requests, or set again to true to send another one.")
        {
            Argument = "again",
        };

    private static string VersionOf(IReadOnlyList<JsonObject> queries) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', queries.Select(query => query.Text("id"))))));
}
