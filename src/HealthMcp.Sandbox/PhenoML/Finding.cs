namespace HealthMcp.Sandbox.PhenoML;

/// <summary>A phrase of the lexicon in a text.</summary>
internal sealed record Finding(LexiconEntry Entry, string Term, int Start, int Length, bool IsNegated)
{
    private static readonly string[] Negations =
        ["no ", "not ", "denies ", "denied ", "without ", "negative for ", "no evidence of ", "ruled out ", "never had ", "free of "];

    /// <summary>Phrases of one system between two positions; where two overlap, the longer wins, so that a dose picks its product.</summary>
    public static IReadOnlyList<Finding> In(string text, int from, int to, string system) => In(text, from, to, Lexicon.Of(system));

    public static IReadOnlyList<Finding> In(string text, int from, int to, IEnumerable<LexiconEntry> entries)
    {
        var all = entries.SelectMany(entry => entry.Terms.SelectMany(term => Places(text, term, from, to)
            .Select(at => new Finding(entry, term, at, term.Length, IsNegatedAt(text, from, at)))));
        var kept = new List<Finding>();
        foreach (var finding in all.OrderByDescending(finding => finding.Length).ThenBy(finding => finding.Start))
        {
            if (!kept.Exists(other => finding.Start < other.Start + other.Length && other.Start < finding.Start + finding.Length))
            {
                kept.Add(finding);
            }
        }

        return [.. kept.OrderBy(finding => finding.Start)];
    }

    private static IEnumerable<int> Places(string text, string term, int from, int to)
    {
        for (var at = text.IndexOf(term, from, to - from, StringComparison.OrdinalIgnoreCase); at >= 0;)
        {
            var end = at + term.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                yield return at;
            }

            at = end >= to ? -1 : text.IndexOf(term, end, to - end, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>A negation reaches to the end of its clause: "no fever, cough" negates both, "no fever but cough" only the first.</summary>
    private static bool IsNegatedAt(string text, int from, int at)
    {
        var before = text[from..at];
        var stop = new[] { ". ", "; ", " but ", " and has ", "\n" }
            .Max(mark => before.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase) is var found && found < 0 ? 0 : found + mark.Length);
        var clause = " " + before[stop..];
        return Array.Exists(Negations, word => clause.Contains(" " + word, StringComparison.OrdinalIgnoreCase));
    }
}
