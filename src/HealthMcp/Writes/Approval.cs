namespace HealthMcp.Writes;

/// <summary>What a person has said to a write.</summary>
internal enum ApprovalState
{
    Pending,
    Approved,
    Declined,
}

/// <summary>
/// One write that waits for a person, or that a person has answered. Sealed where it is kept. Its link is not kept: it is made anew from
/// <see cref="Salt"/> and this deployment's key.
/// </summary>
/// <param name="Id">Names the call that asked: the same for the same caller, tool and arguments.</param>
/// <param name="Salt">Random, so that a later approval of the same call has another link.</param>
/// <param name="Subject">Digest of caller, tool, payload and record version: nothing else is approved.</param>
/// <param name="Nonce">Names this approval in the <see cref="WriteBook"/>, where it is good once.</param>
internal sealed record Approval(string Id, byte[] Salt, byte[] Subject, string Nonce)
{
    public required string Caller { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public ApprovalState State { get; init; }

    /// <summary>
    /// Host and port at which its page was opened in the person's browser, so that its link is told to nobody; null where it was not. On another port, as after
    /// a restart, that page is gone.
    /// </summary>
    public string? ShownAt { get; init; }

    /// <summary>Hash of the cookie of the browser that opened it first; null before.</summary>
    public string? Browser { get; init; }

    /// <summary>Wrong codes that were typed for this one.</summary>
    public int WrongCodes { get; init; }

    public required ApprovalSheet Sheet { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => $"{nameof(Approval)} {State}";
}

/// <summary>What the page shows. It identifies the patient, and goes to no model.</summary>
/// <param name="System">The system's name, for people.</param>
/// <param name="Live">Real patients; else the sandbox.</param>
/// <param name="Title">Title of the tool.</param>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Says">One sentence that says what will happen.</param>
internal sealed record ApprovalSheet(string System, bool Live, string Title, string Tool, string Says)
{
    /// <summary>Program that asks, as it says itself.</summary>
    public required string Client { get; init; }

    public required DateTimeOffset Asked { get; init; }

    public IReadOnlyList<SheetPerson> Persons { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A record is changed, so there is a before.</summary>
    public bool Changes { get; init; }

    public IReadOnlyList<SheetField> Fields { get; init; } = [];

    /// <summary>What is sent besides: a version, or parts of a record that go up as they were read.</summary>
    public IReadOnlyList<SheetField> Besides { get; init; } = [];

    /// <summary>Records that the call is about, for the audit; system and id.</summary>
    public IReadOnlyList<SheetRecord> Records { get; init; } = [];

    public string Toolset { get; init; } = "";

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ApprovalSheet);
}

/// <summary>Whose record it is.</summary>
internal sealed record SheetPerson(string Name, string? Born)
{
    public override string ToString() => nameof(SheetPerson);
}

/// <summary>A field as it is and as it will be; null where there is none.</summary>
internal sealed record SheetField(string Name, string? Before, string? After)
{
    public bool IsChanged => Before != After;

    public override string ToString() => nameof(SheetField);
}

/// <summary>A record by system and id.</summary>
internal sealed record SheetRecord(string System, string Id)
{
    public override string ToString() => nameof(SheetRecord);
}
