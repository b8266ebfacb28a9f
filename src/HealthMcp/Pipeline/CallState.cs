using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>One call on its way through the stages; each stage fills in its part.</summary>
internal sealed class CallState(CallRequest request, Tool? tool, string callId)
{
    public CallRequest Request { get; } = request;

    /// <summary>Null when the tool is unknown or switched off.</summary>
    public Tool? Tool { get; } = tool;

    public string CallId { get; } = callId;

    public CallTrace Trace { get; } = new();

    /// <summary>The strictest level until the scope stage has decided otherwise.</summary>
    public PrivacyLevel Level { get; set; } = PrivacyLevel.Deidentified;

    public IReadOnlyList<string> RequiredScopes { get; set; } = [];

    /// <summary>Filled by the argument stage.</summary>
    public BoundArguments? Bound { get; set; }

    /// <summary>Raw answer or plan of the tool; nothing of it may leave without redaction.</summary>
    public ToolOutcome? Outcome { get; set; }

    /// <summary>A write may have reached its system: whatever breaks from here on, the caller must not be told to call again.</summary>
    public bool WriteSent { get; set; }

    /// <summary>What the write gate has to say of a write that was not sent.</summary>
    public WriteView? WriteView { get; set; }

    /// <summary>The approval that the write waits for.</summary>
    public ApprovalTicket? Approval { get; set; }

    /// <summary>Counts of what went to a file of this machine, also when the call failed half-way.</summary>
    public CopyRedaction? Copied { get; set; }

    /// <summary>A text that is shown while it is being written; null when nobody listens.</summary>
    public StreamedText? Streamed { get; set; }

    public RedactedAnswer? Redacted { get; set; }

    public CallAnswer? Answer { get; set; }
}

/// <summary>Arguments after validation: the typed input for the tool, and what the pipeline itself uses.</summary>
internal sealed record BoundArguments(object Input, CallContext Context, byte[] QueryDigest)
{
    /// <summary>Whom the typed arguments name, by handle or by id.</summary>
    public IReadOnlyList<HandleRequest> Persons { get; init; } = [];

    /// <summary>Those of them who are certainly persons; a bare id that may be of any record is not among them.</summary>
    public IReadOnlyList<HandleRequest> Named { get; init; } = [];

    /// <summary>Rows of this page that an earlier answer gave already.</summary>
    public int Given { get; init; }

    /// <summary>Mark of the last of them (see <see cref="RowMark"/>).</summary>
    public string? LastGiven { get; init; }

    public IReadOnlyList<string>? Fields { get; init; }

    public int MaxBytes { get; init; }

    public string? Confirmation { get; init; }
}

/// <summary>An answer from which everything has been withheld that the level withholds.</summary>
internal sealed record RedactedAnswer(string System, IReadOnlyList<RedactedSection> Sections)
{
    public IReadOnlyDictionary<string, int> Withheld { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Shown { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public IReadOnlyList<string> Notices { get; init; } = [];

    public string? Searched { get; init; }

    public string? NextPage { get; init; }

    public string? ThisPage { get; init; }

    public WriteView? Write { get; init; }

    public FhirView View { get; init; }
}

/// <summary>Rows that may leave.</summary>
internal sealed record RedactedSection(string? Name, bool Single, IReadOnlyList<ReadOnlyMemory<byte>> Rows, long? Total)
{
    /// <summary>Only these fields of each row are shown; none for all.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}

/// <summary>The part of an answer that tells of a write.</summary>
/// <param name="Status">preview, approval_needed, done, already_written, partly_done or conflict.</param>
internal sealed record WriteView(string Status)
{
    public string? Says { get; init; }

    /// <summary>How what is written says that an AI wrote it.</summary>
    public string? Authorship { get; init; }

    public string? Confirmation { get; init; }

    /// <summary>Where a person approves; null where the answer does not carry it.</summary>
    public string? Link { get; init; }

    /// <summary>What the caller does next.</summary>
    public string? Next { get; init; }

    public bool? Verified { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
