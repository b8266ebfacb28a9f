namespace HealthMcp.Catalog;

/// <summary>What a tool method may know of the call it answers.</summary>
internal sealed class CallContext
{
    public required ToolDefinition Tool { get; init; }

    /// <summary>Stable key of whoever calls, to which state that outlives the call is bound.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Where a paged answer goes on; null for the first page.</summary>
    public string? Page { get; init; }

    /// <summary>Full dates may be seen and asked for (limited and identified levels).</summary>
    public bool DatesVisible { get; init; }

    /// <summary>Identifying fields may be seen and asked for (identified level).</summary>
    public bool IdentifiersVisible { get; init; }

    public required CallTrace Trace { get; init; }

    /// <summary>
    /// This very write was sent before under the same approval and its end is not known: what it may have left behind is no reason to refuse its plan.
    /// </summary>
    public bool SentBefore { get; set; }

    /// <summary>
    /// What a write says of its author; null where the operator switched that off, and in calls that write nothing. It is known when the write is planned, so
    /// that a person or model approves it with the rest.
    /// </summary>
    public Authorship? Author { get; set; }

    /// <summary>The write gate has let this call's write through. No operation that changes something is sent without it.</summary>
    public bool LetThrough { get; set; }

    /// <summary>Records that were read on the way to the answer and do not stand in it.</summary>
    public ReadRecords Read { get; } = new();

    /// <summary>
    /// Takes the next piece of a text that is still being written; null when nobody listens. Pieces may be of any length and end anywhere, and may hold
    /// anything: the pipeline shows what the level shows of them, as soon as it is safe.
    /// </summary>
    public Action<string>? Pieces { get; init; }

    /// <summary>Tells the client how far a long call is: done, total, and a sentence without identifying values.</summary>
    public Action<int, int?, string> Progress { get; init; } = (_, _, _) => { };
}

/// <summary>What happened upstream during a call, for the audit. Thread-safe; holds no content.</summary>
internal sealed class CallTrace
{
    private readonly Lock _gate = new();
    private readonly List<string> _endpoints = [];
    private readonly List<int> _statuses = [];
    private readonly HashSet<(string System, string Id)> _records = [];
    private readonly HashSet<(string System, string Id)> _persons = [];
    private readonly SortedSet<string> _disclosed = new(StringComparer.Ordinal);

    /// <summary>Systems that were sent text or records to read, whether or not they answered.</summary>
    public IReadOnlyList<string> Disclosed
    {
        get { lock (_gate) return [.. _disclosed]; }
    }

    public IReadOnlyList<string> Endpoints
    {
        get { lock (_gate) return [.. _endpoints]; }
    }

    public IReadOnlyList<int> Statuses
    {
        get { lock (_gate) return [.. _statuses]; }
    }

    /// <summary>Records that were resolved or answered; the audit keeps keyed hashes of them only.</summary>
    public IReadOnlyList<(string System, string Id)> Records
    {
        get { lock (_gate) return [.. _records]; }
    }

    public void Sent(Endpoint endpoint, int status)
    {
        lock (_gate)
        {
            if (!_endpoints.Contains(endpoint.Key, StringComparer.Ordinal)) _endpoints.Add(endpoint.Key);
            _statuses.Add(status);
        }
    }

    public void Disclosing(string system)
    {
        lock (_gate) _disclosed.Add(system);
    }

    /// <summary>Of those the persons, whom budgets count.</summary>
    public IReadOnlyList<(string System, string Id)> Persons
    {
        get { lock (_gate) return [.. _persons]; }
    }

    public void Touched(string system, string id, bool person = true)
    {
        lock (_gate)
        {
            _records.Add((system, id));
            if (person) _persons.Add((system, id));
        }
    }
}

/// <summary>
/// Records of persons that a tool read but does not answer: redaction must know whom the answer is about. Thread-safe; raw, so it goes nowhere
/// but to redaction.
/// </summary>
internal sealed class ReadRecords
{
    private readonly Lock _gate = new();
    private readonly List<(string Shape, ReadOnlyMemory<byte> Row)> _rows = [];

    public IReadOnlyList<(string Shape, ReadOnlyMemory<byte> Row)> All
    {
        get { lock (_gate) return [.. _rows]; }
    }

    public bool IsEmpty => All.Count == 0;

    public void Add(string shape, ReadOnlyMemory<byte> row)
    {
        lock (_gate) _rows.Add((shape, row));
    }
}
