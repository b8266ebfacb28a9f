namespace HealthMcp.Documents;

/// <summary>
/// Cuts a long text into rows. It cuts between paragraphs, else between lines or sentences and never inside one: each row is searched for identifiers
/// by itself, and half a name is not found.
/// </summary>
internal static class TextParts
{
    private const int Wanted = 6000;
    private const int Patience = 12_000;

    public static IEnumerable<string> Of(string text)
    {
        var rest = text.ReplaceLineEndings("\n").Trim();
        while (rest.Length > Wanted && Cut(rest) is var cut && cut < rest.Length)
        {
            yield return rest[..cut].TrimEnd();
            rest = rest[cut..].TrimStart();
        }

        if (rest.Length > 0) yield return rest;
    }

    private static int Cut(string text)
    {
        foreach (var mark in new[] { "\n\n", ".\n", ". ", "\n" })
        {
            var most = Math.Min(text.Length, Patience);
            var at = text.LastIndexOf(mark, Math.Min(Wanted, most) - 1, StringComparison.Ordinal);
            if (at < Wanted / 2) at = text.IndexOf(mark, Math.Min(Wanted, most), most - Math.Min(Wanted, most), StringComparison.Ordinal);
            if (at > 0) return at + mark.Length;
        }

        // No end of a sentence near: the next one counts, wherever it is.
        var far = text.IndexOfAny(['\n', '.'], Wanted);
        return far < 0 ? text.Length : far + 1;
    }
}
