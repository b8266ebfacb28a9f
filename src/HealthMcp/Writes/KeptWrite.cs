using HealthMcp.Catalog;

namespace HealthMcp.Writes;

/// <summary>How far a write is known to have come.</summary>
internal enum WriteState
{
    /// <summary>It is being sent, or whoever sent it died: the lease tells which.</summary>
    Sent,

    /// <summary>It was answered; the answer is kept.</summary>
    Done,

    /// <summary>It was refused, and nothing was written.</summary>
    Failed,

    /// <summary>It was sent and its answer was lost.</summary>
    InDoubt,

    /// <summary>The operator looked and found it stored.</summary>
    FoundWritten,

    /// <summary>The operator looked and found nothing stored.</summary>
    FoundNotWritten,
}

/// <summary>One approved or confirmed write, from the moment before it is sent. Sealed where it is kept.</summary>
/// <param name="Id">Names it to the operator; stands for nothing of what is written.</param>
/// <param name="Alike">The same for every write of the same tool with the same arguments, whoever calls.</param>
/// <param name="Nonce">Of the approval or confirmation; it goes into the idempotency key.</param>
/// <param name="Call">Digest of caller, tool and arguments.</param>
/// <param name="Payload">Digest of verb, path and body.</param>
internal sealed record KeptWrite(string Id, string Alike, string Nonce, string Call, string Payload)
{
    public required string Caller { get; init; }

    public required string Tool { get; init; }

    public required string System { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Until when whoever sends it has said that it still does. Renewed while it does.</summary>
    public DateTimeOffset Lease { get; init; }

    public WriteState State { get; init; }

    /// <summary>Sending it again with the same key cannot write twice.</summary>
    public bool Repeatable { get; init; }

    /// <summary>How a person finds out what became of it; a clause without a full stop, and without values.</summary>
    public required string FindOut { get; init; }

    /// <summary>What it was answered, of <see cref="WriteState.Done"/>.</summary>
    public KeptAnswer? Answer { get; init; }

    /// <summary>What it was refused with, of <see cref="WriteState.Failed"/>.</summary>
    public KeptFailure? Failure { get; init; }

    /// <summary>Nobody knows what became of it: its answer was lost, or whoever sent it is gone.</summary>
    public bool IsOpen(DateTimeOffset now) => State == WriteState.InDoubt || (State == WriteState.Sent && Lease <= now);

    /// <summary>It ended without a write: refused, found missing by the operator, or somebody else had changed the record first.</summary>
    public bool CameToNothing() =>
        State is WriteState.Failed or WriteState.FoundNotWritten || (State == WriteState.Done && Answer?.Status == KeptAnswer.Conflict);

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => $"{Id} {State}";
}

/// <summary>A refusal as it was given.</summary>
internal sealed record KeptFailure(string Code, string Message, string? Argument)
{
    public CallFailureException Again() => new(Code, Message) { Argument = Argument };
}
