namespace HealthMcp.Privacy;

/// <summary>(A) Who writes and who is written to: "Hi Jamila,", "Thanks, Bernie", and who speaks in a transcript ("LEFEBVRE: I feel dizzy").</summary>
internal static class Letters
{
    public static void Find(Words words, Action<int, int> mark)
    {
        if (!words.HasCapital) return;
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at].Case == TokenCase.Upper && Speaks(words, at)) mark(at, at);
            if (at == 0 || !words.MayBeName(at) || words.Is(at, WordKinds.Common | WordKinds.Organisation)) continue;
            var (last, count) = NameRun.From(words, at);
            if (count <= 3 && (IsGreeted(words, at, last) || IsClosing(words, at, last))) mark(at, last);
            at = last;
        }
    }

    private static bool IsGreeted(Words words, int first, int last) => words.Between(first - 1) is " " or ", "
        && words.Span(first - 1) is "Hi" or "Hello" or "Hey" or "Dear" or "HI" or "HELLO" or "DEAR" or "Greetings" or "morning" or "afternoon" or "hi"
        or "hello" or "dear"
        && (last + 1 >= words.Count || words.Between(last)[0] is ',' or '.' or '!' or '-' or ':' or '\n' or '\u2014');

    /// <summary>The end of a letter and one or two words, and then its end or a line's.</summary>
    private static bool IsClosing(Words words, int first, int last)
    {
        if (!(last + 1 >= words.Count || words.Between(last).ContainsAny('\n', ',')) || !words.Between(first - 1).ContainsAny(",\n!.")) return false;
        return words.Span(first - 1) is "Thanks" or "thanks" or "Sincerely" or "sincerely" or "Regards" or "regards" or "Best" or "Respectfully"
            or "respectfully" or "Cheers"
            or "Warmly" or "Yours" or "yours" or "wishes" or "you" or "truly" or "THANKS" or "Love" or "Cordially" or "advance";
    }

    private static bool Speaks(Words words, int at)
    {
        if (words[at].Length < 4 || words.IsKnown(at) || at + 1 >= words.Count || words.Between(at) is not ": ") return false;
        if (at > 0 && !words.Between(at - 1).Contains('\n')) return false;
        return words.Span(at + 1) is "I" or "My" or "How" or "What" or "When" or "Do" or "Did" or "Are" or "Yes" or "No" or "Since" or "Well" or "Okay"
            or "Is" or "Can" or "It"
            or "Have" or "So" or "Hi" or "Hello" or "You" or "Where" or "Thank" or "Thanks" or "Not" or "We" or "Um" or "Uh" or "Any";
    }
}
