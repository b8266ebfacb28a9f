using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>
/// Makes a record and reads it back. With an Idempotency-Key exactly once: a 409 means that the same key has written before, and an answer
/// that was lost is resolved by looking for the record. Without one it is sent once and never again: a lost answer is in doubt, and the
/// caller is told how to find out.
/// </summary>
internal sealed class RecordCreation(PatientsApi api, CallContext call, TimeProvider time)
{
    // The API's clock may differ a little from ours.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly RecordReader _reader = new(api, call);

    /// <exception cref="CallFailureException">Refused, in conflict, or in doubt.</exception>
    public async Task<UpstreamResult> WriteAsync(NewRecord record, Guid key, CancellationToken cancellation)
    {
        var keyed = record.Create.RepeatIsSafe;
        var started = time.GetUtcNow();
        UpstreamResponse answer;
        try
        {
            answer = await PostAsync(record, key, cancellation);
        }
        catch (CallFailureException failure) when (WriteFailures.IsLost(failure, keyed))
        {
            // Without a key nobody can tell whose an equal record is.
            return keyed ? await AfterLossAsync(record, started, cancellation) : throw WriteFailures.InDoubt(record.Place);
        }

        if (answer.Status != 409) return await ReadBackAsync(record, answer, started, cancellation);
        if (!keyed) throw new CallFailureException(FailureCodes.Conflict, record.Refusal);
        return answer.OneBeforeIsLost && !call.SentBefore
            ? await AfterLossAsync(record, started, cancellation)
            : await RepeatedAsync(record, cancellation);
    }

    private async Task<UpstreamResponse> PostAsync(NewRecord record, Guid key, CancellationToken cancellation)
    {
        var request = await api.RequestAsync(record.Create, record.Patient, cancellation) with { Body = record.Body };
        var keyed = record.Create.RepeatIsSafe ? request.Header("Idempotency-Key", key.ToString("D")) : request;
        return await api.SendAsync(keyed, call, cancellation, status => status == 409);
    }

    private static string Lost(RecordPlace place) =>
        "The API's answer to the write was lost; the record was found afterwards and holds what was sent."
        + (place.OnlyOnCreate.Count == 0 ? "" : $" What only that answer says ({string.Join(", ", place.OnlyOnCreate)}) is lost: check it yourself.");

    // An equal record from earlier is not this one.
    private async Task<UpstreamResult> AfterLossAsync(NewRecord record, DateTimeOffset started, CancellationToken cancellation) =>
        await FoundAsync(record, started - ClockSkew, cancellation) is { } stored
            ? Done(record, "already_written", verified: true, stored, Lost(record.Place))
            : throw WriteFailures.InDoubt(record.Place);

    private async Task<UpstreamResult> RepeatedAsync(NewRecord record, CancellationToken cancellation) =>
        await FoundAsync(record, DateTimeOffset.MinValue, cancellation) is { } stored
            ? Done(record, "already_written", verified: true, stored, "This write had already been stored; it was not stored again.")
            : throw WriteFailures.RepeatWithoutRecord(record.Place);

    private async Task<UpstreamResult> ReadBackAsync(NewRecord record, UpstreamResponse answer, DateTimeOffset started, CancellationToken cancellation)
    {
        if (RecordReader.IdOf(answer.Body) is not { } id)
        {
            return await FoundAsync(record, started - ClockSkew, cancellation) is { } found
                ? Done(record, "done", verified: true, found)
                : throw WriteFailures.InDoubt(record.Place);
        }

        try
        {
            var stored = await _reader.ReadAsync(record.Place, record.Patient, id, cancellation);
            var shown = RecordView.WithAnswerOf(record.Place, answer.Body, stored);
            return RecordMatch.Holds(record.Place, record.Body, stored)
                ? Done(record, "done", verified: true, shown)
                : Done(record, "done", verified: false, shown, "The stored record differs from what was sent: compare the two, and correct it if needed.");
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return Done(record, "done", verified: false, answer.Body, "The record was stored but could not be read back to check it.");
        }
    }

    /// <summary>The latest record with these values that was made since <paramref name="notBefore"/>, if there is one and the API can be asked.</summary>
    private async Task<ReadOnlyMemory<byte>?> FoundAsync(NewRecord record, DateTimeOffset notBefore, CancellationToken cancellation)
    {
        try
        {
            var rows = await _reader.AllAsync(record.Place, record.Patient, record.Narrow, cancellation);
            var matches = rows.Where(row => RecordMatch.Holds(record.Place, record.Body, row) && RecordMatch.CreatedAt(row) >= notBefore).ToList();

            // The cast matters: a bare null would become an empty record by way of byte[].
            return matches.Count == 0 ? (ReadOnlyMemory<byte>?)null : matches.MaxBy(RecordMatch.CreatedAt);
        }
        catch (CallFailureException)
        {
            throw WriteFailures.InDoubt(record.Place);
        }
    }

    private UpstreamResult Done(NewRecord record, string status, bool verified, ReadOnlyMemory<byte> row, string? notice = null)
    {
        var shown = call.IdentifiersVisible ? row : RecordView.WithoutWords(record.Place, record.Body, row);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, record.Create.Shape, [shown]) { Single = true }) with
        {
            Write = new WriteOutcome(status, verified),
            Notices = [.. record.Notices(row), .. notice is null ? Array.Empty<string>() : [notice]],
        };
    }
}
