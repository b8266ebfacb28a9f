namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>
/// One way to find a secret: the same question once per value that it might be. Whoever gets different answers to different values has
/// learned which of them it is not.
/// </summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Secret">What it is after; a secret without a truth is a list of things that must all look alike.</param>
/// <param name="Tool">The tool, or <c>prompt</c> or <c>complete</c>.</param>
/// <param name="Arguments">JSON with {c} for the value tried, {m} and {d} for its month and day, capitals for handles.</param>
internal sealed record Strategy(string Name, Secret Secret, string Tool, string Arguments)
{
    /// <summary>Wrong birth dates that a look-up answers before it refuses: typing mistakes must be forgiven, and tell next to nothing.</summary>
    public int Forgiven { get; init; }

    /// <summary>Only whether something was found counts: the values differ so much that the sentences of refusal may too.</summary>
    public bool OnlyFinds { get; init; }

    /// <summary>Spells the name {name} in another way at each try.</summary>
    public Func<string, int, string> Respell { get; init; } = (name, _) => name;
}

/// <summary>What a strategy learned: values that its answers rule out, and the words in which a secret came out.</summary>
internal sealed record Learned(Strategy Strategy, int Calls, int RuledOut, IReadOnlyList<string> Told)
{
    public bool Narrows => RuledOut > Strategy.Forgiven || Told.Count > 0;
}
