using System.Diagnostics;
using System.Globalization;

namespace HealthMcp.Benchmarks;

/// <summary>The ratio of redaction to copying in a few seconds: runs alternate, so that both meet the same machine.</summary>
internal static class Ratio
{
    private const int Size = 10_000_000;
    private const int Rounds = 11;
    private const int Repeats = 50;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(6);

    /// <param name="output">Where to.</param>
    /// <param name="structureOnly">Leaves the scrubber out.</param>
    public static void Print(TextWriter output, bool structureOnly)
    {
        var chart = ChartBundle.Of(Size);
        var runs = new Runs(chart.Bytes);
        Say(output, $"{chart.Bytes.Length:n0} bytes; {string.Join(", ", chart.Types.Select(type => $"{type.Key} {type.Value}"))}");
        Say(output, $"free text (notes, narratives, files): {100.0 * chart.TextBytes / chart.Bytes.Length:0.0} % of the bytes");
        List<(string Name, Func<int> Run)> measured = [("copy", runs.Copy), ("structure", runs.RedactStructure)];
        if (!structureOnly) measured.Add(("redact", runs.Redact));
        WarmUp(structureOnly);
        var times = measured.Select(_ => new List<double>()).ToList();
        var (allocated, cpus) = (new long[measured.Count], new double[measured.Count]);
        var all = Stopwatch.StartNew();
        for (var round = -1; round < Rounds && (round < 3 || all.Elapsed < MostTime); round++)
        {
            for (var i = 0; i < measured.Count; i++)
            {
                var (time, cpu, bytes) = Once(measured[i].Run);
                allocated[i] = bytes;
                if (round < 0) continue;
                times[i].Add(time);
                cpus[i] += cpu;
            }
        }

        times.ForEach(list => list.Sort());
        for (var i = 0; i < measured.Count; i++) Say(output, Line(measured[i].Name, times[i], times[0], chart.Bytes.Length, allocated[i], cpus[0] / cpus[i]));
        Say(output, Growth(measured[^1], allocated[^1]));
    }

    /// <summary>Until the compiler has done its best with all three.</summary>
    private static void WarmUp(bool structureOnly)
    {
        var runs = new Runs(ChartBundle.Of(Size / 20).Bytes);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < MostTime / 2;)
        {
            runs.Copy();
            runs.RedactStructure();
            if (!structureOnly) runs.Redact();
        }
    }

    private static string Line(string name, List<double> times, List<double> copy, int size, long allocated, double processor)
    {
        var (best, median) = (times[0], times[times.Count / 2]);
        var ratio = $"ratio to copy: best {copy[0] / best:0.00}, median {copy[copy.Count / 2] / median:0.00}, processor time {processor:0.00}";
        var speed = $"best {best:0.0} ms ({size / best / 1000:0} MB/s), median {median:0.0} ms ({size / median / 1000:0} MB/s)";
        return $"{name,-9} {speed}; {ratio}; allocates {allocated:n0} bytes a call; {times.Count} runs";
    }

    /// <summary>What stays in memory from call to call: nothing should.</summary>
    private static string Growth((string Name, Func<int> Run) measured, long allocated)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        var calls = 0;
        for (; calls < Repeats && clock.Elapsed < MostTime; calls++)
        {
            measured.Run();
            if (calls % 10 == 9) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"growth of the heap over {calls} more calls of {measured.Name}: {peak - before:n0} bytes at most; each call allocates about {allocated:n0}");
    }

    /// <summary>Processor time counts less of what others do on the same machine.</summary>
    private static (double Milliseconds, double Processor, long Allocated) Once(Func<int> run)
    {
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.GetTimestamp();
        run();
        var time = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        return (time, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static void Say(TextWriter output, string text) => output.WriteLine(text);
}
