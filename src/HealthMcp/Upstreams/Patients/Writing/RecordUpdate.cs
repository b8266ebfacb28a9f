using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>
/// Changes the version of a record that was seen, and no other. Where somebody else was faster nothing is written, and the caller sees the
/// record as it was and as it is now. A repeat cannot write twice: the version has moved by then.
/// </summary>
internal sealed class RecordUpdate(PatientsApi api, CallContext call)
{
    private readonly RecordReader _reader = new(api, call);

    /// <exception cref="CallFailureException">Refused, or in doubt.</exception>
    public async Task<UpstreamResult> WriteAsync(RecordChange change, CancellationToken cancellation)
    {
        UpstreamResponse answer;
        try
        {
            answer = await SendAsync(change, cancellation);
        }
        catch (CallFailureException failure) when (WriteFailures.IsLost(failure, change.Update.RepeatIsSafe))
        {
            return await AfterLossAsync(change, cancellation);
        }

        if (answer.Status != 409) return await ReadBackAsync(change, answer, cancellation);
        return answer.OneBeforeIsLost ? await AfterLossAsync(change, cancellation) : await StaleAsync(change, cancellation);
    }

    private async Task<UpstreamResponse> SendAsync(RecordChange change, CancellationToken cancellation)
    {
        var request = (await api.RequestAsync(change.Update, change.Patient, cancellation) with { Body = change.Body() }).Route(change.Place.IdName, change.Id);
        return await api.SendAsync(request, call, cancellation, status => status == 409);
    }

    // The version moved: by an earlier attempt of ours whose answer was lost, or by somebody else.
    private async Task<UpstreamResult> StaleAsync(RecordChange change, CancellationToken cancellation)
    {
        var now = await NowAsync(change, WriteFailures.Changed, cancellation);
        return IsOurs(change, now)
            ? Done(change, "already_written", now, "This change had already been stored; it was not stored again.")
            : Conflict(change, now, "Not written: somebody");
    }

    private async Task<UpstreamResult> AfterLossAsync(RecordChange change, CancellationToken cancellation)
    {
        var now = await NowAsync(change, WriteFailures.InDoubt, cancellation);
        if (IsOurs(change, now)) return Done(change, "already_written", now, "The API's answer to the write was lost; the record holds the change.");
        return RecordChange.VersionOf(now) == change.Version
            ? throw WriteFailures.InDoubt(change.Place)
            : Conflict(change, now, "The answer was lost, and the change does not stand in the record: somebody");
    }

    private static bool IsOurs(RecordChange change, ReadOnlyMemory<byte> now) =>
        RecordChange.VersionOf(now) != change.Version && RecordMatch.Holds(change.Place, change.Body(), now);

    private async Task<ReadOnlyMemory<byte>> NowAsync(
        RecordChange change, Func<RecordPlace, CallFailureException> otherwise, CancellationToken cancellation)
    {
        try
        {
            return await _reader.ReadAsync(change.Place, change.Patient, change.Id, cancellation);
        }
        catch (CallFailureException)
        {
            throw otherwise(change.Place);
        }
    }

    private async Task<UpstreamResult> ReadBackAsync(RecordChange change, UpstreamResponse answer, CancellationToken cancellation)
    {
        try
        {
            var stored = await _reader.ReadAsync(change.Place, change.Patient, change.Id, cancellation);
            return RecordMatch.Holds(change.Place, change.Body(), stored)
                ? Done(change, "done", stored)
                : Done(change, "done", stored, "The stored record differs from what was sent: compare the two, and correct it if needed.", verified: false);
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return Done(change, "done", answer.Body, "The change was stored but could not be read back to check it.", verified: false);
        }
    }

    private UpstreamResult Done(RecordChange change, string status, ReadOnlyMemory<byte> row, string? notice = null, bool verified = true) =>
        Answer(change, RecordView.Of(change, "after", row, call.IdentifiersVisible), new WriteOutcome(status, verified)) with
        {
            Notices = [.. change.Notices(row), .. notice is null ? Array.Empty<string>() : [notice]],
        };

    // What was asked for is not compared: below the level that shows a field, the answer would tell whether a guess was right.
    private static UpstreamResult Conflict(RecordChange change, ReadOnlyMemory<byte> now, string who)
    {
        var moved = RecordView.Differences(change.Seen, now);
        var what = moved.Count == 0 ? "" : $" ({string.Join(", ", moved)})";
        return Answer(change, RecordView.Of(change, "now", now, words: true), new WriteOutcome("conflict", Verified: false)) with
        {
            Notices =
            [
                $"{who} else changed this {change.Place.Kind} in the meantime{what}. Compare before with now; "
                    + "if the change is still wanted, call again without confirmation for a new preview.",
            ],
        };
    }

    private static UpstreamResult Answer(RecordChange change, byte[] row, WriteOutcome outcome) =>
        UpstreamResult.Of(PatientsEndpoints.System, new Section(null, change.Place.ChangeShape, [row]) { Single = true }) with { Write = outcome };
}
