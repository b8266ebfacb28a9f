using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>A step in a record's life that has an operation of its own: archive, restore, disable, another status.</summary>
/// <param name="Change">The record as it was seen, and the fields as they will be, for the preview.</param>
/// <param name="Body">The request as the contract has it; empty where it has none.</param>
/// <param name="IsDone">Whether the record, as it is read afterwards, has taken the step; null stands for one that is listed no more.</param>
internal sealed record RecordAction(RecordChange Change, ReadOnlyMemory<byte> Body, Func<JsonElement?, bool> IsDone)
{
    /// <summary>Adds what the contract wants in the query.</summary>
    public Func<UpstreamRequest, UpstreamRequest> With { get; init; } = request => request;

    /// <summary>What a 422 means here, where the contract says which rule it is.</summary>
    public string? Unprocessable { get; init; }

    public RecordPlace Place => Change.Place;

    /// <summary>The usual end of a record: it says so itself, or is listed no more.</summary>
    public static bool Archived(JsonElement? row) => row is not { } record || record.Text("deleted_at") is not null || record.Text("status") == "archived";

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RecordAction);
}

/// <summary>Takes the step once and looks whether it was taken. It is never repeated by itself; a lost answer is resolved by reading the record.</summary>
internal sealed class RecordActing(PatientsApi api, CallContext call)
{
    private readonly RecordReader _reader = new(api, call);

    public async Task<WritePlan> PlanAsync(RecordAction action, string says, IReadOnlyList<string> warnings, CancellationToken cancellation) =>
        new(action.Change.Update, (await RequestAsync(action, cancellation)).Path(), action.Body)
        {
            Preview = RecordView.Of(action.Change, call.IdentifiersVisible),
            PreviewShape = action.Place.ChangeShape,
            ForPerson = RecordView.ForPerson(action.Change),
            FindOut = action.Place.FindOut,
            RecordVersion = action.Change.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Warnings = warnings,
            Says = says,
            Execute = (_, inner) => ActAsync(action, inner),
        };

    /// <exception cref="CallFailureException">Refused, or in doubt.</exception>
    public async Task<UpstreamResult> ActAsync(RecordAction action, CancellationToken cancellation)
    {
        UpstreamResponse answer;
        try
        {
            answer = await api.SendAsync(await RequestAsync(action, cancellation), call, cancellation, status => status is 409 or 422);
        }
        catch (CallFailureException failure) when (WriteFailures.IsLost(failure, repeatable: false))
        {
            return await AfterLossAsync(action, cancellation);
        }

        return answer.Status switch
        {
            422 => throw Refused(action),
            409 => await StaleAsync(action, cancellation),
            _ => await ReadBackAsync(action, answer, cancellation),
        };
    }

    private async ValueTask<UpstreamRequest> RequestAsync(RecordAction action, CancellationToken cancellation)
    {
        var request = await api.RequestAsync(action.Change.Update, action.Change.Patient, cancellation) with { Body = action.Body };
        return action.With(request.Route(action.Place.IdName, action.Change.Id));
    }

    private async Task<UpstreamResult> AfterLossAsync(RecordAction action, CancellationToken cancellation)
    {
        var now = await NowAsync(action, WriteFailures.InDoubt, cancellation);
        return Done(action, now)
            ? Answer(action, "already_written", now, verified: true, "The API's answer to the write was lost; the record shows that it was carried out.")
            : throw WriteFailures.InDoubt(action.Place);
    }

    private async Task<UpstreamResult> StaleAsync(RecordAction action, CancellationToken cancellation)
    {
        var now = await NowAsync(action, WriteFailures.Changed, cancellation);
        if (Done(action, now)) return Answer(action, "already_written", now, verified: true, "This had already been done; it was not done again.");
        return now is { } row
            ? Shown(action, RecordView.Of(action.Change, "now", row, words: true), new WriteOutcome("conflict", Verified: false),
                $"Not written: somebody else changed this {action.Place.Kind} in the meantime. Compare before with now; if it is still wanted, "
                    + "call again without confirmation for a new preview.")
            : throw WriteFailures.Changed(action.Place);
    }

    private async Task<UpstreamResult> ReadBackAsync(RecordAction action, UpstreamResponse answer, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>? now;
        try
        {
            now = await FindAsync(action, cancellation);
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return Answer(action, "done", Row(answer), verified: false, "This was carried out but could not be read back to check it.");
        }

        return Done(action, now)
            ? Answer(action, "done", now ?? Row(answer), verified: true)
            : Answer(action, "done", now, verified: false, "The API accepted this, but the record does not show it yet: read it again.");
    }

    private async Task<ReadOnlyMemory<byte>?> NowAsync(RecordAction action, Func<RecordPlace, CallFailureException> otherwise, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(action, cancellation);
        }
        catch (CallFailureException)
        {
            throw otherwise(action.Place);
        }
    }

    // A record that is archived may not be found any more, also where the contract reads it alone.
    private async Task<ReadOnlyMemory<byte>?> FindAsync(RecordAction action, CancellationToken cancellation)
    {
        if (action.Place.Get is not { } get) return await _reader.FindAsync(action.Place, action.Change.Patient, action.Change.Id, cancellation);
        var request = (await api.RequestAsync(get, action.Change.Patient, cancellation)).Route(action.Place.IdName, action.Change.Id);
        var answer = await api.SendAsync(request, call, cancellation, status => status == 404);
        return answer.Status == 404 ? (ReadOnlyMemory<byte>?)null : answer.Read(PatientsApi.Record);
    }

    private static bool Done(RecordAction action, ReadOnlyMemory<byte>? row)
    {
        if (row is not { } bytes) return action.IsDone(null);
        using var json = JsonDocument.Parse(bytes);
        return action.IsDone(json.RootElement);
    }

    // The cast matters: a bare null would become an empty record by way of byte[].
    private static ReadOnlyMemory<byte>? Row(UpstreamResponse answer) => RecordReader.IdOf(answer.Body) is null ? (ReadOnlyMemory<byte>?)null : answer.Body;

    private static CallFailureException Refused(RecordAction action) => action.Unprocessable is { } rule
        ? new CallFailureException(FailureCodes.Conflict, rule)
        : UpstreamFailures.Of(PatientsEndpoints.System, 422);

    private UpstreamResult Answer(RecordAction action, string status, ReadOnlyMemory<byte>? row, bool verified, string? notice = null)
    {
        var view = row is { } now
            ? RecordView.Of(action.Change, "after", now, call.IdentifiersVisible)
            : RecordView.Of(action.Change, call.IdentifiersVisible);
        return Shown(action, view, new WriteOutcome(status, verified), notice);
    }

    private static UpstreamResult Shown(RecordAction action, byte[] view, WriteOutcome outcome, string? notice) =>
        UpstreamResult.Of(PatientsEndpoints.System, new Section(null, action.Place.ChangeShape, [view]) { Single = true }) with
        {
            Write = outcome,
            Notices = notice is null ? [] : [notice],
        };
}
