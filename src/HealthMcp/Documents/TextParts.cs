namespace HealthMcp.Documents;

/// <summary>
/// Cuts a long text into rows. It cuts between paragraphs, else between lines or sentences and never inside one: each row is searched for identifiers
/// by itself, and half a name is not found.
/// </summary>
internal static class TextParts
{
    private const int Wanted = 6000;
    private const int Patience = 12_000;

    /// <remarks>By places in the one text: a copy of what is left for each row would take time that grows with the square of the length.</remarks>
    public static IEnumerable<string> Of(string text)
    {
        var whole = text.ReplaceLineEndings("\n").Trim();
        var from = 0;
        while (whole.Length - from > Wanted && Cut(whole, from) is var cut && cut < whole.Length)
        {
            yield return whole[from..cut].TrimEnd();
            for (from = cut; from < whole.Length && char.IsWhiteSpace(whole[from]); from++)
            {
            }
        }

        if (from < whole.Length) yield return whole[from..];
    }

    private static int Cut(string text, int from)
    {
        var (wanted, most) = (Math.Min(from + Wanted, text.Length), Math.Min(from + Patience, text.Length));
        foreach (var mark in new[] { "\n\n", ".\n", ". ", "\n" })
        {
            var at = text.LastIndexOf(mark, wanted - 1, wanted - from, StringComparison.Ordinal);
            if (at < from + (Wanted / 2)) at = text.IndexOf(mark, wanted, most - wanted, StringComparison.Ordinal);
            if (at > from) return at + mark.Length;
        }

        // No end of a sentence near: the next one counts, wherever it is.
        var far = text.IndexOfAny(['\n', '.'], from + Wanted);
        return far < 0 ? text.Length : far + 1;
    }
}
