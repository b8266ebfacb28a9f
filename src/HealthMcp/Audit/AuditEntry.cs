namespace HealthMcp.Audit;

/// <summary>A write is recorded before it is sent and again after; everything else once, when it is over.</summary>
internal enum AuditPhase
{
    Begin,
    End,
}

/// <summary>Whose patients: real ones, or the sandbox's.</summary>
internal enum AuditSource
{
    Live,
    Sandbox,
}

/// <summary>
/// One line of the log: who did what with whose data and what came of it (45 CFR 164.312(b); what an accounting needs, 164.528(b)(2)). Nothing
/// here is PHI: persons are <see cref="SubjectMark"/>s, kinds of data are counted, and texts that do not look like codes are replaced when written.
/// </summary>
internal sealed record AuditEntry
{
    public required DateTimeOffset Time { get; init; }

    public required string CallId { get; init; }

    public required AuditPhase Phase { get; init; }

    public required string Caller { get; init; }

    public string? ClientName { get; init; }

    public string? ClientVersion { get; init; }

    public required string Transport { get; init; }

    public required string Tool { get; init; }

    /// <summary>What an operator's act was about, by an id that opens nothing, such as <c>key:ab12cd34</c>.</summary>
    public string? About { get; init; }

    public string? Toolset { get; init; }

    public required string System { get; init; }

    /// <summary>Null for a call that reached no system, such as one of an unknown tool.</summary>
    public required AuditSource? Source { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public required string Level { get; init; }

    public string? Purpose { get; init; }

    public IReadOnlyList<SubjectMark> Subjects { get; init; } = [];

    /// <summary>Templates from the endpoint catalog, never filled in.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Third parties that were sent text or records to read; never what was sent.</summary>
    public IReadOnlyList<string> Disclosed { get; init; } = [];

    /// <summary>How many values of each kind of data were shown.</summary>
    public IReadOnlyDictionary<string, int> Shown { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Withheld { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>A code such as <c>ok</c> or <c>denied_scope</c>.</summary>
    public required string Outcome { get; init; }

    public IReadOnlyList<int> HttpStatuses { get; init; } = [];

    public TimeSpan Duration { get; init; }

    public long BytesOut { get; init; }
}
