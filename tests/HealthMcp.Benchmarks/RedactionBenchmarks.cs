using BenchmarkDotNet.Attributes;

namespace HealthMcp.Benchmarks;

/// <summary>Redacting a FHIR Bundle against its physical limit in the same run: copying it from reader to writer.</summary>
[MemoryDiagnoser]
public class RedactionBenchmarks
{
    private Runs _runs = new([]);

    [Params(1_000_000, 10_000_000)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup() => _runs = new Runs(ChartBundle.Of(Size).Bytes);

    [Benchmark(Baseline = true)]
    public int Copy() => _runs.Copy();

    [Benchmark]
    public int Redact() => _runs.Redact();

    [Benchmark]
    public int RedactStructure() => _runs.RedactStructure();
}
