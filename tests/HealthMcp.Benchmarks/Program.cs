using BenchmarkDotNet.Running;
using HealthMcp.Benchmarks;

if (args is ["note"]) NoteTiming.Run(Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(RedactionBenchmarks).Assembly).Run(args);
