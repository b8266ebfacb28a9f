namespace HealthMcp.Privacy;

/// <summary>
/// (A) What belongs to a name that was found: "Kim [Min-jun]", "[Eun-ji] Park", "Zainab [al-Farsi]", "Ferreira[-Lima]", "OYELARAN, [FOLASADE]".
/// </summary>
internal static class NameEdges
{
    public static void Find(Words words, bool[] isName, Action<int, int> mark)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (!isName[at]) continue;
            var end = at;
            while (end + 1 < words.Count && isName[end + 1]) end++;
            if (After(words, end) is > 0 and var last) mark(end + 1, last);
            if (Before(words, at) is >= 0 and var first && first < at) mark(first, at - 1);
            at = end;
        }
    }

    private static int After(Words words, int at)
    {
        var next = at + 1;
        if (next >= words.Count) return 0;
        var between = words.Between(at);
        if (between is "-" && words[next].Case == TokenCase.Title && words[next].Length > 2 && !words.IsEponym(next)
            && !ClinicalForm.Fits(words.Span(next)) && words.Is(at, WordKinds.Given | WordKinds.Surname
                | WordKinds.SurnameWord | WordKinds.GivenWord | WordKinds.None)
            && !words.Is(next, WordKinds.Common)) return next;
        if (between is " " or ", " && IsTiedSmall(words, next)) return next + 1;
        if (between is " " && words[at].Case == TokenCase.Lower && words[next].Case == TokenCase.Lower && words[next].Length <= 5 && next + 1 < words.Count
            && words.Between(next) is "-" && words[next + 1] is { Case: TokenCase.Lower, Length: >= 2 and <= 5 } && !words.IsKnown(next + 1)) return next + 1;
        if (IsTiedSmall(words, at) && next + 1 < words.Count && words.Between(next) is " " && words[next + 1].Case == TokenCase.Title
            && words.Is(next + 1, WordKinds.Surname | WordKinds.SurnameWord) && !words.IsEponym(next + 1)) return next + 1;
        if (between is " " && words[next].Case == TokenCase.Lower && words.Span(next) is "al" or "el" or "ul" or "bin" or "ibn" && next + 1 < words.Count
            && words.Between(next) is "-" or " " && words[next + 1].Case == TokenCase.Title
            && !words.Is(next + 1, WordKinds.Verb | WordKinds.Organisation)) return next + 1;
        if (between is " " && words[next] is { Length: 1, Case: TokenCase.Title } && words[at].Case == TokenCase.Upper && at > 0
            && words[at - 1].Case == TokenCase.Upper && (next + 1 >= words.Count || words.Between(next) is not (" " or "-" or "/"))) return next;
        return IsFirstInCapitals(words, at) ? next : 0;
    }

    /// <summary>A family name that is also a word, tied by its place to a given name like "Eun-ji".</summary>
    private static int Before(Words words, int at)
    {
        if (at + 1 >= words.Count || !IsTiedSmall(words, at)) return -1;
        if (at > 0 && words.Between(at - 1) is ", " or " " && words[at - 1].Case == TokenCase.Title
            && words.Is(at - 1, WordKinds.Surname | WordKinds.SurnameWord)) return at - 1;
        return -1;
    }

    /// <summary>"Min-jun", "Eun-ji": the second half is small and no word.</summary>
    public static bool IsTiedSmall(Words words, int at) => at + 1 < words.Count && words[at].Length is >= 2 and <= 6 && words.Between(at) is "-"
        && words[at + 1] is { Case: TokenCase.Lower, Length: >= 2 and <= 5 } && words[at].Case is TokenCase.Title
        && (!words.IsKnown(at + 1) || words.Is(at + 1, WordKinds.Given | WordKinds.Surname))
        && !words.Is(at + 1, WordKinds.Verb) && !ClinicalForm.Fits(words.Span(at + 1)) && !EnglishWords.Has(words.Span(at + 1));

    /// <summary>"LINDQUIST, BO 88F".</summary>
    private static bool IsAged(Words words, int at) => at + 1 < words.Count && words.Between(at) is " " && words[at + 1] is { Case: TokenCase.Number,
        Length: 2 or 3 or 4 }
        && words.Span(at + 1)[^1] is 'F' or 'M' or 'f' or 'm' or 'y' && char.IsAsciiDigit(words.Span(at + 1)[^2]);

    /// <summary>"OYELARAN, FOLASADE" where the line, or the clause, is over.</summary>
    private static bool IsFirstInCapitals(Words words, int at)
    {
        var next = at + 1;
        return words.Between(at) is ", " && words[at] is { Case: TokenCase.Upper, Length: > 3 } && words[next].Case == TokenCase.Upper
            && (words[next].Length > 3 || IsAged(words, next)) && (words.IsUnknown(next) || IsAged(words, next)) && !ClinicalForm.Fits(words.Span(next))
            && words.Is(at, WordKinds.Surname)
            && (next + 1 >= words.Count || words.Between(next) is not (" " or ", ") || words[next + 1].Case is TokenCase.Lower or TokenCase.Number
            || words[next + 1].Length == 1);
    }
}
