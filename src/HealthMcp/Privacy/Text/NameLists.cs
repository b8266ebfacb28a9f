namespace HealthMcp.Privacy;

/// <summary>
/// (A) Who stands in one list with a person is one: "attended by Delgado, Fitzgibbon and Ramaswamy", "cc: A; B". And names that
/// spaces take apart: "S m i t h", "Wil liam".
/// </summary>
internal static class NameLists
{
    public static void Find(Words words, bool[] isName, Action<int, int> mark)
    {
        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (isName[at] && !isName[at + 1]) Spread(words, at, isName, mark);
            if (words[at].Length == 1 && words.Between(at) is " " && words[at + 1].Length == 1) at = Spaced(words, at, mark);
            else if (words[at].IsCapital && words[at + 1].Case == TokenCase.Lower && words.Between(at) is " " or "\n" && !words.IsKnown(at + 1)
                && IsTorn(words, at)) mark(at > 0 && words[at - 1] is { Length: 1, Case: TokenCase.Title } && words.Between(at - 1) is ". " ? at - 1 : at,
                at + 1);
        }
    }

    /// <summary>A name that goes on in the next line: only one that a list has, and not when that line goes on with it.</summary>
    public static void GoOn(Words words, bool[] isName)
    {
        for (var at = 0; at + 1 < words.Count; at++)
        {
            var next = at + 1;
            if (!isName[at] || isName[next] || !words.Is(at, WordKinds.Given | WordKinds.GivenWord) || !words[next].IsCapital) continue;
            if (!words.Is(next, WordKinds.Surname | WordKinds.SurnameWord) || words.Between(at) is not ("\n" or " \n" or "\r\n" or " \n ")) continue;
            var ends = next + 1 >= words.Count || words.Between(next) is not (" " or ": ") || words[next + 1].Case != TokenCase.Lower;
            if (!words.IsEponym(next) && (ends || words.Is(next, WordKinds.Surname)) && !words.Is(next, WordKinds.Label)) isName[next] = true;
        }
    }

    private static void Spread(Words words, int last, bool[] isName, Action<int, int> mark)
    {
        for (var at = last + 1; at < words.Count;)
        {
            while (at < words.Count && words.Is(at, WordKinds.Credential) && words.Between(at - 1) is " " or ", ") at++;
            if (at < words.Count && words[at].Case == TokenCase.Lower && words.Span(at) is "and" && words.Between(at - 1) is " " or ", ") at++;
            else if (at >= words.Count || words.Between(at - 1) is not (", " or "; " or " / " or ".; ")) return;
            if (at >= words.Count || isName[at] || !(words.MayStandAlone(at) || NameRun.IsInitial(words, at)) || words.IsEponym(at)) return;
            var (end, count) = NameRun.From(words, at);
            if (words[at].Length == 1 && count < 2) return;
            if (end + 1 < words.Count && !(words.Between(end)[0] is ',' or ';' or '.' or '\n' or ')' || (words.Between(end) is " "
                && words.Span(end + 1) is "and" or "were"))) return;
            if (words.Is(at, WordKinds.Town) || words.IsEponym(end)) return;
            mark(at, end);
            at = end + 1;
        }
    }

    private static int Spaced(Words words, int first, Action<int, int> mark)
    {
        Span<char> letters = stackalloc char[24];
        var last = first;
        letters[0] = words.Span(first)[0];
        while (last + 1 < words.Count && last - first < letters.Length - 1 && words.Between(last) is " " or "." or "-" && words[last + 1].Length == 1)
        {
            last++;
            letters[last - first] = words.Span(last)[0];
        }

        var length = last - first + 1;
        if (length < 3 || letters[..length].ContainsAnyInRange('0', '9')) return last;
        var kinds = words.Lexicon.Of(letters[..length]);
        var listed = (kinds & (WordKinds.Given | WordKinds.Surname | WordKinds.GivenWord | WordKinds.SurnameWord)) != WordKinds.None;
        var written = char.IsUpper(letters[0]) && !letters[1..length].ContainsAnyInRange('A', 'Z') && length > 3
            && (kinds & WordKinds.Common) == WordKinds.None;
        if (listed || written) mark(first, last);
        return last;
    }

    private static bool IsTorn(Words words, int at)
    {
        Span<char> whole = stackalloc char[32];
        var length = words[at].Length + words[at + 1].Length;
        if (length > whole.Length) return false;
        words.Span(at).CopyTo(whole);
        words.Span(at + 1).CopyTo(whole[words[at].Length..]);
        var kinds = words.Lexicon.Of(whole[..length]);
        return (kinds & (WordKinds.Given | WordKinds.Surname)) != WordKinds.None && (kinds & WordKinds.Common) == WordKinds.None;
    }
}
