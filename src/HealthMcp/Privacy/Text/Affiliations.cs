namespace HealthMcp.Privacy;

/// <summary>(B) Whom a person works for, by where it stands: "Dr. Ann Lee at Pied Piper", "From: Dr. Ann Lee, Hooli", "Analyst — Aperture Science
/// (2021".</summary>
internal static class Affiliations
{
    public static void Find(Words words, List<Found> found)
    {
        if (!words.HasCapital) return;
        for (var at = 1; at < words.Count; at++)
        {
            if (!words[at].IsCapital) continue;
            var last = at;
            while (last + 1 < words.Count && last - at < 4 && words.Between(last) is " " or "-" && words[last + 1].IsCapital) last++;
            if (Fits(words, at, last)) found.Add(new Found("facility", words[at].Start, words[last].End, null));
            at = last;
        }
    }

    private static bool Fits(Words words, int first, int last)
    {
        var before = words.Between(first - 1);
        if (before is " \u2014 " or " \u2013 " or " - " && last + 1 < words.Count && words.Between(last) is " ("
            && words[last + 1] is { Length: 4, Case: TokenCase.Number }) return true;
        if (!Stops(words, last) || first < 3) return false;
        if (before is " " && words.Span(first - 1) is "at" or "of") return words.Between(first - 2) is " " && IsPerson(words, first - 2) && (last > first
            || Tells(words, first));
        return before is ", " && IsPerson(words, first - 1) && AnyTells(words, first, last) && words.Between(last).Contains('\n') && OpensLine(words, first);
    }

    private static bool Stops(Words words, int last) => last + 1 >= words.Count || words.Between(last).ContainsAny("\n,.;(");

    /// <summary>A given name or title and a family name, the last of them here.</summary>
    private static bool IsPerson(Words words, int at) => words[at].Case == TokenCase.Title && words.MayBeName(at) && words.Between(at - 1) is " " or ". "
        && words.Is(at - 1, WordKinds.Given | WordKinds.GivenWord | WordKinds.Title) && words[at - 1].IsCapital;

    private static bool OpensLine(Words words, int at)
    {
        for (var i = at - 1; i > 0 && at - i < 8; i--) if (words.Between(i - 1) is ": ") return words.Span(i - 1) is "From" or "FROM" or "To" or "TO"
            or "By" or "by" or "Provider";
        return false;
    }

    private static bool AnyTells(Words words, int first, int last)
    {
        for (var at = first; at <= last; at++) if (Tells(words, at)) return true;
        return false;
    }

    private static bool Tells(Words words, int at) => words[at].Length > 2
        && !words.Is(at, WordKinds.Common | WordKinds.Verb | WordKinds.Credential | WordKinds.Organisation)
        && (words.IsKnown(at) || words.MayBeName(at));
}
