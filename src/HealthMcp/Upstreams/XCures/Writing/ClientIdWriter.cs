using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Writing;

/// <summary>
/// Creates a record with an id of ours exactly once. An answer that was lost, and a 409, are resolved by reading the id; only where nothing has
/// it, and the vendor would recognise it, is the create sent a second time. What cannot be resolved is in doubt, never a guess.
/// </summary>
internal sealed class ClientIdWriter(UpstreamClient xcures, CallContext call)
{
    private const string Repeated = "A record with this id was there already; nothing more was written.";
    private const string Found = "The answer to the write was lost; the record was found afterwards.";
    private const string NotCompared = " Whether it holds what was sent is not compared at this privacy level.";
    private const string Differs = "The stored record differs from what was sent: read it, and correct it if needed.";
    private const string NotReadBack = "The record was stored but could not be read back to check it.";

    /// <exception cref="CallFailureException">It was refused, the id belongs to another record, or it is in doubt.</exception>
    /// <param name="create">What to write.</param>
    /// <param name="lostBefore">It was sent before with others, and nobody knows what came of that: then a refusal tells nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<WrittenRecord> WriteAsync(ClientIdCreate create, bool lostBefore, CancellationToken cancellation)
    {
        if (await AttemptAsync(create, lostBefore, cancellation) is { } first) return first;
        if (!create.MayRepeat) throw InDoubt(create);
        return await AttemptAsync(create, lostBefore: true, cancellation) ?? throw InDoubt(create);
    }

    /// <summary>The record with the id, where it was refused and may have been there before; null when there is none.</summary>
    public async Task<WrittenRecord?> FindAsync(ClientIdCreate create, CancellationToken cancellation) =>
        await LookAsync(create, cancellation) is { } stored ? There(create, stored, Repeated) : null;

    /// <returns>Null when the answer was lost and no record has the id.</returns>
    private async Task<WrittenRecord?> AttemptAsync(ClientIdCreate create, bool lostBefore, CancellationToken cancellation)
    {
        UpstreamResponse answer;
        try
        {
            answer = await xcures.SendAsync(create.Create, call, cancellation, status => status == 409);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, create.Create.Endpoint))
        {
            return await LookAsync(create, cancellation) is { } stored ? There(create, stored, Found) : null;
        }
        catch (CallFailureException) when (lostBefore)
        {
            // The refusal is of the second send; the first may still have been carried out.
            throw InDoubt(create);
        }

        if (answer.Status != 409) return await ReadBackAsync(create, answer, cancellation);
        if (await LookAsync(create, cancellation) is { } there) return There(create, there, lostBefore ? Found : Repeated);
        throw lostBefore ? InDoubt(create) : UpstreamFailures.Of(XCuresEndpoints.System, 409);
    }

    /// <returns>Null when it cannot be read back and the answer, though it says success, is not the record: then nothing is known.</returns>
    private async Task<WrittenRecord?> ReadBackAsync(ClientIdCreate create, UpstreamResponse answer, CancellationToken cancellation)
    {
        try
        {
            var stored = (await xcures.SendAsync(create.Read, call, cancellation)).Read(body => XCuresRecord.Of(create.Id, body));
            var holds = create.Holds(stored);
            return new(WrittenRecord.Done, holds, stored, holds ? null : Differs);
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return XCuresRecord.Is(create.Id, answer.Body) && create.Holds(answer.Body) ? new(WrittenRecord.Done, false, answer.Body, NotReadBack) : null;
        }
    }

    /// <summary>The record with the id, or null when the vendor says that there is none.</summary>
    private async Task<ReadOnlyMemory<byte>?> LookAsync(ClientIdCreate create, CancellationToken cancellation)
    {
        try
        {
            return (await xcures.SendAsync(create.Read, call, cancellation)).Read(body => XCuresRecord.Of(create.Id, body));
        }
        catch (CallFailureException failure)
        {
            // Not every read declares a 404; an id that was never used may also be called malformed.
            if (failure.Code is FailureCodes.NotFound or FailureCodes.UpstreamRejected) return null;
            throw InDoubt(create);
        }
    }

    private static WrittenRecord There(ClientIdCreate create, ReadOnlyMemory<byte> stored, string notice)
    {
        if (create is { IdGiven: true, ComparisonTells: true }) return new(WrittenRecord.AlreadyWritten, false, stored, notice + NotCompared);
        if (create.Holds(stored)) return new(WrittenRecord.AlreadyWritten, true, stored, notice);
        return create.IdGiven
            ? throw new CallFailureException(
                FailureCodes.Conflict,
                "A record with this id is there already and holds other values: read it first; to make another record, use another id.") { Argument = "id" }
            : new(WrittenRecord.AlreadyWritten, false, stored, Differs);
    }

    private static CallFailureException InDoubt(ClientIdCreate create) => UpstreamFailures.InDoubt(XCuresEndpoints.System, create.FindOut);
}
