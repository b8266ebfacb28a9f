using BenchmarkDotNet.Running;
using HealthMcp.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(RedactionBenchmarks).Assembly).Run(args);
