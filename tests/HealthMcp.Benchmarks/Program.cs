using BenchmarkDotNet.Running;
using HealthMcp.Benchmarks;

if (args is ["note"]) NoteTiming.Run(Console.Out);
else if (args is ["hostile", ..]) return HostileGrowth.Run(Console.Out, args.Length > 1 ? args[1] : "") == 0 ? 0 : 1;
else if (args is ["ratio", ..]) Ratio.Print(Console.Out, args.Length > 1 && args[1] == "structure");
else BenchmarkSwitcher.FromAssembly(typeof(RedactionBenchmarks).Assembly).Run(args);
return 0;
