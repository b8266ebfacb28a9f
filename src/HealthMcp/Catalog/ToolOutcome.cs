namespace HealthMcp.Catalog;

/// <summary>What a tool method hands back: raw upstream rows, or the plan of a write. Never protocol content.</summary>
internal abstract record ToolOutcome;

/// <summary>Rows of one kind, each a UTF-8 JSON value as the upstream wrote it.</summary>
/// <param name="Name">Key under <c>data</c>; null when the answer has one section only.</param>
/// <param name="Shape">Privacy shape of each row.</param>
internal sealed record Section(string? Name, string Shape, IReadOnlyList<ReadOnlyMemory<byte>> Rows)
{
    /// <summary>The answer is one record, not a list.</summary>
    public bool Single { get; init; }

    /// <summary>Number of rows that the whole question has, over all pages, where the upstream says.</summary>
    public long? Total { get; init; }

    /// <summary>
    /// Only these fields of each row are shown; none for all. Rows stay whole until they were redacted: what is left out may tell what to withhold.
    /// </summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}

/// <summary>How rows of FHIR are shown once they are redacted. A tool can only name a view: it is made in the pipeline, from what may leave.</summary>
internal enum FhirView
{
    /// <summary>Rows as they are.</summary>
    None,

    /// <summary>Resources as they are, but the text of a Binary as text.</summary>
    Resource,

    /// <summary>One line for each resource.</summary>
    Summary,
}

/// <summary>Raw answer of a read or transform.</summary>
internal sealed record UpstreamResult(string System, IReadOnlyList<Section> Sections) : ToolOutcome
{
    /// <summary>State from which the tool can go on (page number, offset); sealed into the opaque cursor by the pipeline.</summary>
    public string? NextPage { get; init; }

    /// <summary>
    /// State under which this same page is read again although rows came in since; null where the one that the call had will do. A page that does not fit
    /// into one answer goes on with it.
    /// </summary>
    public string? ThisPage { get; init; }

    /// <summary>Sentences for the caller. They never contain a value of the answer or an argument.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>What was searched, where and for which period: said when nothing was found.</summary>
    public string? Searched { get; init; }

    /// <summary>Text that the caller sent and a transform may give back. Null for look-ups.</summary>
    public string? Echo { get; init; }

    public FhirView View { get; init; }

    /// <summary>Outcome of a write that was carried out; null otherwise.</summary>
    public WriteOutcome? Write { get; init; }

    public static UpstreamResult Of(string system, Section section) => new(system, [section]);
}

/// <summary>How a write ended.</summary>
/// <param name="Status">
/// done, already_written, partly_done where some of several records were written and each says which it is, or conflict: nothing was written,
/// because somebody else had changed the record.
/// </param>
/// <param name="Verified">The record was read back and holds what was sent.</param>
internal sealed record WriteOutcome(string Status, bool Verified);

/// <summary>A write that is ready to be sent, and how a person or model is shown it before.</summary>
internal sealed record WritePlan(Endpoint Endpoint, string Path, ReadOnlyMemory<byte> Body) : ToolOutcome
{
    /// <summary>What will be written, in <see cref="PreviewShape"/>; it is redacted like an answer.</summary>
    public required ReadOnlyMemory<byte> Preview { get; init; }

    public required string PreviewShape { get; init; }

    /// <summary>Version of the record that the plan was made on; null for a create.</summary>
    public string? RecordVersion { get; init; }

    /// <summary>What deserves a second look, such as an implausible value.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>One sentence that says what will happen, without identifying values.</summary>
    public required string Says { get; init; }

    /// <summary>
    /// All of what will be written, for the page on which a person approves it: at no level anything is left out, and no model gets it. An object with
    /// <c>before</c> and <c>after</c> is shown as a change. Null where <see cref="Preview"/> has all of it.
    /// </summary>
    public ReadOnlyMemory<byte>? ForPerson { get; init; }

    /// <summary>
    /// How what is written says that an AI wrote it; one sentence, without values. Null where the operator switched that off.
    /// </summary>
    public string? Authorship { get; init; }

    /// <summary>Warnings that only the person who approves is told, such as an equal record of the last day. Asked when the page is made.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<string>>> LookFirst { get; init; } = _ => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>How a person finds out what became of it when its answer is lost; a clause without a full stop and without values.</summary>
    public string FindOut { get; init; } = "look for the record with the tools that read it";

    /// <summary>Sending it again with the same key cannot write twice: the upstream knows the key, the client-made id or the version.</summary>
    public bool RepeatIsSafe { get; init; } = Endpoint.RepeatIsSafe;

    /// <summary>Sends it. The key is stable over retries of the same confirmed write.</summary>
    public required Func<Guid, CancellationToken, Task<UpstreamResult>> Execute { get; init; }
}
