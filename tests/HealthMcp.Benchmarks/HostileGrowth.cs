using HealthMcp.Privacy;

namespace HealthMcp.Benchmarks;

/// <summary>
/// Whether a text made of one piece costs more by the kilobyte when it is longer. Counts the processor time of the process, the best of several
/// turns, so that others on the machine matter little.
/// </summary>
internal static class HostileGrowth
{
    /// <summary>What a kilobyte of the longest text may cost, where one of the shortest costs one.</summary>
    private const double Most = 2;

    // Below this, in microseconds by the kilobyte, the ratio tells of the clock rather than of the text.
    private const double Least = 5;

    private const int Turns = 5;
    private const int Kilobyte = 1024;
    private static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(60);
    private static readonly int[] Sizes = [1, 10, 100];

    /// <returns>How many pieces grow.</returns>
    public static int Run(TextWriter output, string only)
    {
        var growing = 0;
        output.WriteLine("processor time, µs per KB at 1, 10 and 100 KB:");
        foreach (var (name, read, piece) in Cases().Where(one => one.Name.Contains(only, StringComparison.Ordinal)))
        {
            var costs = Sizes.Select(size => Cost(read, Text(piece, size), 100 / size)).ToArray();
            var ratio = costs[^1] / Math.Max(Least, costs[0]);
            if (ratio > Most) growing++;
            var verdict = ratio > Most ? " GROWS" : "";
            output.WriteLine(FormattableString.Invariant($"  {name,-24} {costs[0],8:F1} {costs[1],8:F1} {costs[2],8:F1}   {ratio:F1}{verdict}"));
        }

        return growing;
    }

    private static IEnumerable<(string Name, Action<string> Read, string Piece)> Cases()
    {
        foreach (var piece in NoteTexts.Hostile) yield return ($"note {piece.ReplaceLineEndings("\\n")}", text => NoteTiming.Scrub(text), piece);
        foreach (var piece in NoteTexts.HostileMarkup) yield return ($"markup {piece}", text => Markup.Document(text), piece);
    }

    private static string Text(string piece, int size) => string.Concat(Enumerable.Repeat(piece, (size * Kilobyte / piece.Length) + 1))[..(size * Kilobyte)];

    /// <summary>Microseconds for a kilobyte of a text that is read so often.</summary>
    private static double Cost(Action<string> read, string text, int times)
    {
        // What runs often is compiled anew, and in the background.
        for (var warm = Environment.CpuUsage.TotalTime; Environment.CpuUsage.TotalTime - warm < Warm;) read(text);
        var best = double.MaxValue;
        for (var turn = 0; turn < Turns; turn++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < times; i++) read(text);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds * Kilobyte / text.Length / times);
        }

        return best;
    }
}
