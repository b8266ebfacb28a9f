using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Writing;

/// <summary>A create whose record has an id that we chose, so that it can be read back whatever became of the answer.</summary>
/// <param name="Id">The id.</param>
/// <param name="Create">Filled in. Its endpoint must not be marked as safe to repeat: <see cref="ClientIdWriter"/> repeats, and looks first.</param>
/// <param name="Read">Reads the record with the same id.</param>
/// <param name="Holds">Whether a record, as it reads back, holds what was sent.</param>
internal sealed record ClientIdCreate(string Id, UpstreamRequest Create, UpstreamRequest Read, Func<ReadOnlyMemory<byte>, bool> Holds)
{
    /// <summary>
    /// The id is the caller's own and may belong to a record that was there before. False: it is new and random, and what has it is what was sent.
    /// </summary>
    public bool IdGiven { get; init; }

    /// <summary>Comparing a record that was there before with what was sent would tell fields that the caller may not see.</summary>
    public bool ComparisonTells { get; init; }

    /// <summary>The vendor recognises the id (409), so that a second send cannot make a second record. Not so where a create sends an e-mail.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>How the caller finds out what became of a write in doubt; a clause without a full stop.</summary>
    public required string FindOut { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ClientIdCreate);
}

/// <summary>What became of one create.</summary>
/// <param name="Status">done, or already_written where it was found stored.</param>
/// <param name="Verified">It was read back and holds what was sent.</param>
/// <param name="Row">The record as the vendor answered it.</param>
/// <param name="Notice">A sentence for the caller, without values.</param>
internal sealed record WrittenRecord(string Status, bool Verified, ReadOnlyMemory<byte> Row, string? Notice = null)
{
    public const string Done = "done";
    public const string AlreadyWritten = "already_written";

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(WrittenRecord);
}
