using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>
/// Creates subjects exactly once: one by one with an id of ours, or up to ten in a batch. What became of a batch whose answer was lost, or that met
/// an id that was there already, is settled subject by subject.
/// </summary>
internal sealed class SubjectCreator(UpstreamClient xcures, CallContext call, bool initiateEhrQueries)
{
    private const int InFlight = 10;

    public async Task<IReadOnlyList<CreatedSubject>> CreateAsync(IReadOnlyList<SubjectDraft> drafts, Guid key, CancellationToken cancellation)
    {
        var bodies = drafts.Select(draft => draft.Body(key)).ToList();
        var reasons = drafts.Count == 1 ? null : await BatchAsync(bodies, cancellation);
        var created = new CreatedSubject[drafts.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation };
        await Parallel.ForAsync(0, drafts.Count, options, async (i, inner) =>
            created[i] = reasons is null
                ? await OneAsync(drafts[i], bodies[i], drafts.Count > 1, inner)
                : await OfBatchAsync(drafts[i], bodies[i], reasons[i], inner));
        return created;
    }

    /// <returns>For each subject why it failed, or null where it did not; null when it is not known what became of the batch.</returns>
    private async Task<IReadOnlyList<string?>?> BatchAsync(List<JsonObject> bodies, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["subjects"] = new JsonArray([.. bodies.Select(subject => subject.DeepClone())]),
            ["options"] = new JsonObject { ["initiateEhrQueries"] = initiateEhrQueries },
        };
        var request = new UpstreamRequest(PeopleEndpoints.CreateSubjects) { Body = SubjectDraft.Bytes(body) };
        try
        {
            var answer = await xcures.SendAsync(request, call, cancellation, status => status == 409);
            return answer.Status == 409 ? null : answer.Read(rows => Reasons(rows, bodies.Count));
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            return null;
        }
    }

    private static IReadOnlyList<string?> Reasons(ReadOnlyMemory<byte> body, int expected)
    {
        using var json = JsonDocument.Parse(body);
        var rows = json.RootElement.EnumerateArray()
            .Select(row => row.TryGetProperty("failureReason", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString() : null)
            .ToList();
        return rows.Count == expected ? rows : throw new JsonException("one result for each subject expected");
    }

    private async Task<CreatedSubject> OneAsync(SubjectDraft draft, JsonObject body, bool afterBatch, CancellationToken cancellation)
    {
        try
        {
            var written = await new ClientIdWriter(xcures, call).WriteAsync(Create(draft, body), afterBatch, cancellation);
            return new(Id(body)) { Written = written, OnlyId = draft.IdGiven && written.Status == WrittenRecord.AlreadyWritten };
        }
        catch (CallFailureException failure)
        {
            return new(Id(body)) { Failure = failure };
        }
    }

    private async Task<CreatedSubject> OfBatchAsync(SubjectDraft draft, JsonObject body, string? reason, CancellationToken cancellation)
    {
        try
        {
            if (reason is not null) return await RefusedAsync(draft, body, reason, cancellation);
            var row = (await xcures.SendAsync(Get(Id(body)), call, cancellation)).Read(answer => XCuresRecord.Of(Id(body), answer));
            return new(Id(body)) { Written = new WrittenRecord(WrittenRecord.Done, SubjectMatch.Holds(body, row), row) };
        }
        catch (CallFailureException failure)
        {
            // It is written: failing to read it back must not look like a failed write.
            return reason is not null
                ? new(Id(body)) { Failure = failure }
                : new(Id(body)) { Written = new(WrittenRecord.Done, false, SubjectRow.OnlyId(Id(body))) };
        }
    }

    // An id that was there before is refused too; then the record is what a repeat of the call is after.
    private async Task<CreatedSubject> RefusedAsync(SubjectDraft draft, JsonObject body, string reason, CancellationToken cancellation) =>
        await new ClientIdWriter(xcures, call).FindAsync(Create(draft, body), cancellation) is { } there
            ? new(Id(body)) { Written = there, OnlyId = draft.IdGiven }
            : new(Id(body)) { Failure = UpstreamFailures.Of(XCuresEndpoints.System, 400), Reason = reason };

    private ClientIdCreate Create(SubjectDraft draft, JsonObject body)
    {
        var sent = body.DeepClone().AsObject();
        sent["options"] = new JsonObject { ["initiateEhrQuery"] = initiateEhrQueries };
        var request = new UpstreamRequest(PeopleEndpoints.CreateSubject) { Body = SubjectDraft.Bytes(sent) };
        return new ClientIdCreate(Id(body), request, Get(Id(body)), row => SubjectMatch.Holds(body, row))
        {
            IdGiven = draft.IdGiven,
            ComparisonTells = !call.IdentifiersVisible,
            MayRepeat = true,
            FindOut = draft.IdGiven
                ? "repeat the call with the same id, which cannot make a second record"
                : "look the person up with search_subjects before anything is sent again",
        };
    }

    private static string Id(JsonObject body) => body["id"]!.GetValue<string>();

    private static UpstreamRequest Get(string id) => new UpstreamRequest(PeopleEndpoints.GetSubject).Route("id", id);
}

/// <summary>What became of one subject of a call: written, or not and why.</summary>
internal sealed record CreatedSubject(string Id)
{
    public WrittenRecord? Written { get; init; }

    public CallFailureException? Failure { get; init; }

    /// <summary>Why the vendor refused it, in the vendor's words, which may name persons.</summary>
    public string? Reason { get; init; }

    /// <summary>The record may have been there before the call, and be another's.</summary>
    public bool OnlyId { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(CreatedSubject);
}
