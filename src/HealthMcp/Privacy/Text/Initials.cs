namespace HealthMcp.Privacy;

/// <summary>(A) "J.S. tolerated PT well": two or three dotted capitals that open a sentence and do something.</summary>
internal static class Initials
{
    public static void Find(Words words, Action<int, int> mark)
    {
        if (!words.HasCapital) return;
        for (var at = 0; at + 2 < words.Count; at++)
        {
            if (words[at] is not { Length: 1, Case: TokenCase.Title } || !words.StartsSentence(at) || words.Between(at) is not ("." or ". ")) continue;
            var last = at + 1;
            while (last + 1 < words.Count && last < at + 2 && words.Between(last) is "." && words[last + 1] is { Length: 1, Case: TokenCase.Title }) last++;
            if (words[last] is { Length: 1, Case: TokenCase.Title } && last + 1 < words.Count && words.Between(last) is ". "
                && IsDone(words, last + 1)) mark(at, last);
            at = last;
        }
    }

    private static bool IsDone(Words words, int at) => words[at].Case == TokenCase.Lower && words[at].Length > 3
        && (words.Is(at, WordKinds.Verb) || words.Span(at).EndsWith("ed")) && words.Span(at) is not ("with" or "from" or "when" or "while" or "after"
        or "needed");
}
