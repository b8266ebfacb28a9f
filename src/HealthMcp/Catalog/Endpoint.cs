namespace HealthMcp.Catalog;

/// <summary>What calling an endpoint does on the other side.</summary>
internal enum Effect
{
    /// <summary>Looks something up; nothing changes and nothing but the question is disclosed.</summary>
    Read,

    /// <summary>Sends text or records to be converted; nothing is kept for us, but what was sent is disclosed.</summary>
    Transform,

    /// <summary>
    /// Has the system start or end work of our own, such as an export. No record changes, and what it leaves there the system removes by itself.
    /// </summary>
    Job,

    /// <summary>Makes a new record.</summary>
    Create,

    /// <summary>Changes a record.</summary>
    Update,

    /// <summary>Removes or withdraws a record.</summary>
    Delete,
}

/// <summary>One operation of a contract: the only place where its verb and path are written.</summary>
/// <param name="System">Contract: xcures, phenoml, patients or drcloud.</param>
/// <param name="Method">HTTP verb, upper case.</param>
/// <param name="Path">Path template exactly as the contract writes it.</param>
/// <param name="Effect">What it does on the other side.</param>
/// <param name="Shape">Name of the privacy shape that classes every field of its answer.</param>
internal sealed record Endpoint(string System, string Method, string Path, Effect Effect, string Shape)
{
    /// <summary>Property that holds the rows of a list answer; null when the answer is one record.</summary>
    public string? Rows { get; init; }

    /// <summary>Answers a file of any type rather than JSON.</summary>
    public bool IsFile { get; init; }

    /// <summary>A repeat after a lost answer does no harm, because a key or a client-made id makes it recognisable.</summary>
    public bool RepeatIsSafe { get; init; }

    /// <summary>Costs the upstream so much that it is never sent again by itself, although nothing would be stored twice.</summary>
    public bool SentOnce { get; init; }

    /// <summary>Longest wait for its answer where it is longer than the system's usual one.</summary>
    public TimeSpan? Longest { get; init; }

    /// <summary>
    /// The body holds text or records that go to a third party to be read there, so that sending it is a disclosure (45 CFR 160.103) whatever comes back.
    /// </summary>
    public bool Discloses { get; init; } = Effect == Effect.Transform;

    /// <summary>Largest answer accepted, in bytes.</summary>
    public int MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>"system METHOD path", as manifests and audit lines write it.</summary>
    public string Key => $"{System} {Method} {Path}";

    public bool ChangesState => Effect is Effect.Create or Effect.Update or Effect.Delete;
}
