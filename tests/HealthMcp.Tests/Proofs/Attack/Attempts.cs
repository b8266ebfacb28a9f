using System.Globalization;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>All strategies against one sandbox patient at the default level, within a number of calls.</summary>
internal static class Attempts
{
    private const string Patient = "marissa";

    /// <param name="calls">How many calls each strategy has, at most as many as there are values.</param>
    /// <param name="chosen">Which strategies.</param>
    /// <param name="rest">Waits when the program says that it was called too often.</param>
    public static async Task<IReadOnlyList<Learned>> RunAsync(int calls, Func<Strategy, bool> chosen, Func<Task> rest)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "all"));
        var client = await world.ConnectAsync();
        var victim = await Victim.FindAsync(client, Patient, handle => world.App.OpenHandles().Forget(handle).ShouldBe(1));
        var attacker = new Attacker(client, victim, rest);
        var learned = new List<Learned>();
        foreach (var strategy in StrategyTable.Of(victim).Where(chosen)) learned.Add(await attacker.TryAsync(strategy, calls));
        return learned;
    }

    public static void Print(IReadOnlyList<Learned> learned, TextWriter output)
    {
        foreach (var one in learned)
        {
            var (name, secret) = (one.Strategy.Name, one.Strategy.Secret.Name);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-60} {secret,-12} {one.Calls,5} calls  {What(one)}"));
        }

        var more = learned.Count(l => l.Narrows);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{learned.Count} strategies, {learned.Sum(l => l.Calls)} calls, {more} learned more than the level tells"));
    }

    private static string What(Learned one) => one switch
    {
        { Told.Count: > 0 } => $"TOLD {one.Told.Count} value(s)",
        { Narrows: true } => $"RULED OUT {one.RuledOut}",
        { RuledOut: > 0 } => $"{one.RuledOut} wrong tries forgiven",
        _ => "nothing",
    };
}
