namespace HealthMcp.Privacy;

/// <summary>
/// The time limit of every pattern that reads a text. It is time of the clock and runs on while others have the processor and while the
/// pattern is compiled at its first use, so it must be far above what any text takes even then: a text whose limit is over is withheld. What
/// holds the work down is that the patterns are linear by construction ("hostile" in tests/HealthMcp.Benchmarks); the limit is for the one that is not.
/// </summary>
internal static class PatternLimit
{
    public const int Milliseconds = 30_000;
}
