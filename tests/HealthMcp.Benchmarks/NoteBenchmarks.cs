using BenchmarkDotNet.Attributes;
using HealthMcp.Privacy;

namespace HealthMcp.Benchmarks;

/// <summary>Scrubbing one note of about 1 KB.</summary>
[MemoryDiagnoser]
public class NoteBenchmarks
{
    private readonly Scrubber _scrubber = new();
    private readonly RedactionSession _session = new(PrivacyLevel.Deidentified, (_, kind, _) => kind, new DateOnly(2026, 11, 21));

    [Params(NoteTexts.Visit, NoteTexts.Dense, NoteTexts.Plain)]
    public string Text { get; set; } = "";

    [Benchmark]
    public string Scrub() => _scrubber.Scrub(Text, _session);
}
