using System.Collections.Concurrent;

namespace HealthMcp.Sandbox;

/// <summary>The requests that arrived, oldest first. Bounded, so that a long run does not grow without end.</summary>
public sealed class SandboxJournal
{
    private const int Capacity = 10_000;
    private readonly ConcurrentQueue<JournalEntry> _entries = new();

    public IReadOnlyList<JournalEntry> Entries => _entries.ToArray();

    public IReadOnlyList<JournalEntry> Of(string system, string operation) =>
        [.. _entries.Where(entry => entry.System == system && entry.Operation == operation)];

    public void Clear() => _entries.Clear();

    internal void Add(JournalEntry entry)
    {
        _entries.Enqueue(entry);
        while (_entries.Count > Capacity)
        {
            _entries.TryDequeue(out _);
        }
    }
}

/// <summary>One request. <see cref="Status"/> stays 0 while no answer was given, and when the connection was cut instead.</summary>
public sealed class JournalEntry
{
    public required string System { get; init; }

    public required string Method { get; init; }

    /// <summary>The path as the contract writes it, without the system's prefix; empty when no operation matched.</summary>
    public required string Template { get; init; }

    public required string PathAndQuery { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required string Body { get; init; }

    public int Status { get; internal set; }

    /// <summary>What was answered, where the sandbox keeps answers; null otherwise, and when a fault stood in for the operation.</summary>
    public string? Answer { get; internal set; }

    /// <summary>Content type of <see cref="Answer"/>.</summary>
    public string? AnswerType { get; internal set; }

    public string Operation => $"{Method} {Template}";
}
