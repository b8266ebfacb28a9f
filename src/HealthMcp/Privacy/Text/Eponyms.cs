namespace HealthMcp.Privacy;

/// <summary>
/// A lone name that is a sign's, a score's or an instrument's here, by what stands beside it: "Jackson neg", "Masson trichrome", "Hurley II",
/// "Mayer-Rokitansky-Küster-Hauser". Only where nothing but a list says that it is a name.
/// </summary>
internal static class Eponyms
{
    private const WordKinds NoThing = WordKinds.Verb | WordKinds.Relation | WordKinds.Credential | WordKinds.Title | WordKinds.Particle;

    public static bool Fits(Words words, int at)
    {
        if (IsChain(words, at)) return true;
        var isEponym = words.Is(at, WordKinds.Eponym);
        if (!isEponym && words.Is(at, WordKinds.Given)) return false;
        return HasResult(words, at) || (isEponym && (HasThing(words, at) || IsMeasured(words, at) || IsLoudness(words, at)));
    }

    /// <summary>Three and more names tied into one are those of who described a thing.</summary>
    private static bool IsChain(Words words, int at)
    {
        var (first, last) = (at, at);
        while (first > 0 && words.Between(first - 1) is "-" && words[first - 1].Case == TokenCase.Title && last - first < 4) first--;
        while (last + 1 < words.Count && words.Between(last) is "-" && words[last + 1].Case == TokenCase.Title && last - first < 4) last++;
        return last - first >= 2 && !words.Is(first, WordKinds.Given);
    }

    /// <summary>"Jackson neg", "Mulder +", "Marshall II".</summary>
    private static bool HasResult(Words words, int at)
    {
        var end = words[at].End;
        if (end + 1 < words.Text.Length && words.Text[end] is ' ' && words.Text[end + 1] is '+'
            && (end + 2 >= words.Text.Length || words.Text[end + 2] is ' ' or ',' or ';' or '.' or '+' or '\n')) return true;
        if (at + 1 >= words.Count || words.Between(at) is not " ") return false;
        if (words.Span(at + 1) is "neg" or "pos" or "nl" or "wnl" or "NEG" or "POS" or "NL" or "WNL" or "equiv" or "indeterminate") return true;
        return words.Span(at + 1) is "I" or "II" or "III" or "IV" or "V" or "VI" && (at == 0 || !words[at - 1].IsCapital || words.Between(at - 1) is not " ");
    }

    /// <summary>"Masson trichrome", "Dawson fingers", "Jones avulsion": not what a person does, and not what belongs to one.</summary>
    private static bool HasThing(Words words, int at)
    {
        var next = at + 1;
        if (next >= words.Count || words.Between(at) is not " " || words[next].Case != TokenCase.Lower || words[next].Length < 2) return false;
        var word = words.Span(next);
        if (word is "vs" or "v" or "versus") return true;
        if (word.Length < 3) return false;
        return !words.Is(next, NoThing) && !PersonActs.BelongsToPersons(word) && !EnglishWords.Has(word) && !word.EndsWith("ed") && !word.EndsWith("ing")
            && !word.EndsWith("ly") && word is not ("not" or "well" or "still" or "much" or "more" or "also" or "very" or "back" or "home" or "alert" or "calm"
            or "awake" or "stable" or "able" or "unable" or "ready" or "aware" or "did" or "does" or "got" or "had" or "made" or "took" or "gave" or "fell"
            or "slept" or "ate" or "likes" or "needs" or "takes" or "uses" or "sees" or "gets" or "keeps" or "knows" or "plans" or "prefers" or "remains"
            or "continues" or "tolerates" or "became" or "began" or "kept" or "knew" or "ran" or "slipped" or "might" or "must" or "never" or "always");
    }

    /// <summary>"Ballard 39 wk", "Allen 9 s", "Blake 15 Fr": a number with a unit, which no age or day has.</summary>
    private static bool IsMeasured(Words words, int at) => at + 2 < words.Count && words.Between(at) is " " && words[at + 1].Case == TokenCase.Number
        && words.Between(at + 1) is " " && words.Span(at + 2) is "wk" or "wks" or "mm" or "cm" or "cc" or "mL" or "ml" or "s" or "sec" or "seconds" or "Fr"
        or "F" or "degrees" or "points" or "mg" or "mcg" or "mmHg" or "Hz" or "kg" or "G";

    /// <summary>"Levine 3/6 holosystolic murmur": of six grades, and not the third of June.</summary>
    private static bool IsLoudness(Words words, int at)
    {
        if (at + 3 >= words.Count || words.Between(at) is not " " || words[at + 1] is not { Length: 1, Case: TokenCase.Number } || words.Between(at + 1) is not "/"
            || words.Span(at + 2) is not "6") return false;
        for (var next = at + 3; next < words.Count && next <= at + 6; next++) if (words.Span(next) is "murmur" or "murmurs") return true;
        return false;
    }
}
