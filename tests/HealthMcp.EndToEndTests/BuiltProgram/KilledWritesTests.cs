using System.Globalization;
using Xunit.Abstractions;

namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>
/// kill -9 at random points during writes to systems that lose answers. 50 writes; as many as HEALTHMCP_KILL_WRITES says where it is set. The seed is
/// printed, and HEALTHMCP_KILL_SEED repeats a run's choices.
/// </summary>
public sealed class KilledWritesTests(ITestOutputHelper output)
{
    private const int Batch = 50;

    // A little later than a write takes, so that some kills fall between its answer and the next call.
    private const double LatestKill = 1.2;

    [Fact]
    public async Task A_kill_loses_no_write_and_repeats_none_and_what_is_in_doubt_is_listed()
    {
        var (count, seed) = (Number("HEALTHMCP_KILL_WRITES", 50), Number("HEALTHMCP_KILL_SEED", 20261121));
        var random = new Random(seed);
        await using var storm = await KilledWrites.StartAsync();
        var all = new List<StormWrite>();
        for (var from = 0; from < count; from += Batch)
        {
            var batch = Enumerable.Range(from, Math.Min(Batch, count - from)).Select(storm.Write).ToList();
            foreach (var write in batch)
            {
                var kills = storm.Kills;
                await storm.StormAsync(write, random.Next(3) == 0 ? random.NextDouble() * LatestKill : null, lose: random.Next(5) == 0);
                if (storm.Kills > kills) (await storm.VerifyAsync()).ExitCode.ShouldBe(0, $"after kill {storm.Kills}, seed {seed}");
            }

            // A confirmation is good for ten minutes, so a client that was cut off repeats soon.
            await storm.RepeatAsync(batch.Where(write => write.Outcome == "killed"));
            all.AddRange(batch);
        }

        var listed = await storm.ListAsync();
        output.WriteLine($"seed {seed}: {count} writes, {storm.Kills} kills, {all.Count(write => write.Arrived)} of them after the upstream had the write; "
            + Counts(all));
        storm.Kills.ShouldBeGreaterThan(count / 5);
        all.Count(write => write.Arrived).ShouldBeInRange(1, storm.Kills - 1);
        await HoldAsync(storm, all, listed);
        (await storm.DoctorAsync()).ShouldContain("audit     whole");
        var told = listed + storm.Built.Read("audit.jsonl") + storm.Built.Logs();
        foreach (var word in new[] { "Marissa", "Jones", "Stormy", "storm-" }) told.ShouldNotContain(word);
    }

    private static async Task HoldAsync(KilledWrites storm, List<StormWrite> all, string listed)
    {
        foreach (var write in all)
        {
            var stored = await storm.StoredAsync(write);
            var told = $"{write.Tool} {write.Number}: {write.Outcome} {write.Said}";
            if (write.Keyed) (write.Outcome is "done" or "already_written", stored).ShouldBe((true, 1), told);
            else if (write.Outcome == "in_doubt") stored.ShouldBeInRange(0, 1, $"{write.Number}");
            else (write.Outcome, stored).ShouldBe(("done", 1), $"{write.Number}");
        }

        var ids = listed.Split('\n').Where(line => line.Contains("asked for by", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).ToList();
        var doubted = all.Where(write => write.Outcome == "in_doubt").ToList();
        ids.Count.ShouldBe(doubted.Count, listed);

        // A repeat says which entry of the list it is.
        await storm.RepeatAsync(doubted);
        ids.Where(id => !doubted.Exists(write => write.Outcome == "in_doubt" && write.Said.Contains(id, StringComparison.Ordinal))).ShouldBeEmpty();
        foreach (var id in ids.Take(2)) (await storm.ResolveAsync(id)).ShouldBe(0);
        (await storm.ListAsync()).Split("asked for by").Length.ShouldBe(Math.Max(0, ids.Count - 2) + 1);
    }

    private static string Counts(List<StormWrite> all) => string.Join(", ", all
        .GroupBy(write => $"{(write.Keyed ? "keyed" : "unkeyed")} {write.Outcome}", StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{group.Key} {group.Count()}"));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
