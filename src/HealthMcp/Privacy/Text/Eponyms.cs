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
        if (IsChain(words, at) || IsPair(words, at)) return true;
        var isEponym = words.Is(at, WordKinds.Eponym);
        if (!isEponym && words.Is(at, WordKinds.Given)) return false;
        return HasResult(words, at) || (isEponym && (HasThing(words, at) || IsMeasured(words, at) || IsLoudness(words, at) || EponymRows.Fits(words, at)));
    }

    /// <summary>Three and more names tied into one are those of who described a thing.</summary>
    private static bool IsChain(Words words, int at)
    {
        var (first, last) = (at, at);
        while (first > 0 && words.Between(first - 1) is "-" && words[first - 1].Case == TokenCase.Title && last - first < 4) first--;
        while (last + 1 < words.Count && words.Between(last) is "-" && words[last + 1].Case == TokenCase.Title && last - first < 4) last++;
        return last - first >= 2 && !words.Is(first, WordKinds.Given);
    }

    /// <summary>
    /// "Forbes-Albright", "Levine-Edwards IIA": two who described a thing together, at least one of them known for it, and nothing that a person does.
    /// </summary>
    public static bool IsPair(Words words, int at)
    {
        if (at > 0 && words.Between(at - 1) is "-" && words[at - 1].IsCapital) at--;
        var next = at + 1;
        if (next >= words.Count || words.Between(at) is not "-" || !MayDescribe(words, at) || !MayDescribe(words, next)) return false;
        if (!words.Is(at, WordKinds.Eponym | WordKinds.SurnameWord) && !words.Is(next, WordKinds.Eponym | WordKinds.SurnameWord)) return false;
        if (at > 0 && words[at - 1].IsCapital && words.Between(at - 1) is " " or ". " && !words.StartsSentence(at)) return false;
        if (next + 1 >= words.Count) return at > 0;
        var between = words.Between(next);
        if (between is "'" or "-" || (between is ", " && words[next + 1].IsCapital && !words.IsDescribed(next + 1))) return false;
        if (between is " " && words.Span(next + 1) is "and" or "or" && next + 2 < words.Count && words[next + 2].IsCapital
            && IsOfMedicine(words, at) && IsOfMedicine(words, next)) return true;
        return between is not " " || !words.Is(next + 1, NoThing) || words[next + 1].IsCapital;
    }

    private static bool IsOfMedicine(Words words, int at) => words.Is(at, WordKinds.Eponym) || words.IsDescribed(at);

    private static bool MayDescribe(Words words, int at) => words[at].Case == TokenCase.Title
        && (words.Is(at, WordKinds.Eponym | WordKinds.SurnameWord) || words.IsUnknown(at));

    /// <summary>"Jackson neg", "Mulder +", "Marshall II".</summary>
    private static bool HasResult(Words words, int at)
    {
        var end = words[at].End;
        if (end + 1 < words.Text.Length && words.Text[end] is ' ' && words.Text[end + 1] is '+'
            && (end + 2 >= words.Text.Length || words.Text[end + 2] is ' ' or ',' or ';' or '.' or '+' or '\n')
            && (at + 1 >= words.Count || !words.Is(at + 1, WordKinds.Relation))) return true;
        if (at + 1 >= words.Count) return false;
        if (words.Between(at) is ": " && words.Is(at, WordKinds.Eponym) && words[at + 1] is { Case: TokenCase.Upper, Length: <= 4 }) return true;
        if (words.Between(at) is not " ") return false;
        if (words.Span(at + 1) is "neg" or "pos" && at + 2 < words.Count && words.Between(at + 1) is " " && words.Span(at + 2) is "for") return false;
        if (words.Span(at + 1) is "neg" or "pos" or "nl" or "wnl" or "NEG" or "POS" or "NL" or "WNL" or "equiv" or "indeterminate" or "OD" or "OS" or "OU"
            || (words.Span(at + 1) is "no" or "n" && (at + 2 >= words.Count || words.Between(at + 1) is not " "))) return true;
        if (words[at + 1].Case == TokenCase.Number) return IsDecimal(words, at + 1) || IsOfSeries(words, at);
        return IsSubgrade(words.Span(at + 1)) || (IsGrade(words.Span(at + 1)) && IsAmongFindings(words, at));
    }

    private static bool IsGrade(ReadOnlySpan<char> word) => word is "I" or "II" or "III" or "IV" or "V" or "VI";

    /// <summary>"Steinberg IIC", "Nyhus IIIb": nobody is the third b.</summary>
    private static bool IsSubgrade(ReadOnlySpan<char> word) => word.Length is > 1 and < 5 && word[^1] is 'A' or 'B' or 'C' or 'a' or 'b' or 'c'
        && IsGrade(word[..^1]);

    /// <summary>"Hurley II, HS", "SDH 8 mm, Marshall II": an abbreviation or a size stands beside the grade. "Smith II" alone is a person.</summary>
    private static bool IsAmongFindings(Words words, int at)
    {
        var after = at + 2;
        if (after < words.Count && words.Between(at + 1) is " " or ", " && words[after].Case == TokenCase.Upper
            && !words.Is(after, WordKinds.Credential)) return true;
        if (after < words.Count && words.Between(at + 1) is " " && words[after].Case == TokenCase.Lower && words[after].Length > 3
            && !words.Is(after, NoThing) && !words.Span(after).EndsWith("s") && ClinicalForm.Fits(words.Span(after))) return true;
        return at > 0 && words.Between(at - 1) is ", " or "; " && (words.Span(at - 1) is "mm" or "cm" || words[at - 1].Case == TokenCase.Number
            || IsGrade(words.Span(at - 1)));
    }

    private static bool IsDecimal(Words words, int number) => number + 1 < words.Count && words.Between(number) is "."
        && words[number + 1].Case == TokenCase.Number && words[number].Length <= 2;

    /// <summary>"Goutallier 3, Patte 2, Hamada 1": another word with a capital and a short number beside it in the same sentence.</summary>
    private static bool IsOfSeries(Words words, int at)
    {
        if (words[at + 1].Length > 2 || (at + 2 < words.Count && words.Between(at + 1) is not (", " or "; " or "."))) return false;
        for (var next = at + 2; next + 1 < words.Count && next < at + 8; next++)
        {
            if (words.Between(next - 1).ContainsAny('\n', '.')) break;
            if (IsScore(words, next)) return true;
        }

        for (var before = at - 2; before >= 0 && before > at - 8; before--)
        {
            if (words.Between(before + 1).ContainsAny('\n', '.')) break;
            if (IsScore(words, before)) return true;
        }

        return false;
    }

    private static bool IsScore(Words words, int at) => words[at].IsCapital && words.Between(at) is " " && (IsGrade(words.Span(at + 1))
        || words[at + 1] is { Case: TokenCase.Number, Length: <= 2 }) && !words.Is(at, WordKinds.Given);

    /// <summary>"Masson trichrome", "Dawson fingers", "Jones avulsion": not what a person does, and not what belongs to one.</summary>
    private static bool HasThing(Words words, int at)
    {
        var next = at + 1;
        if (next >= words.Count || words.Between(at) is not " " || words[next].Case != TokenCase.Lower || words[next].Length < 2) return false;
        var word = words.Span(next);
        if (word is "vs" or "v" or "versus") return true;
        if (word.Length < 3 || word is "neg" or "pos" || IsState(words, next)) return false;
        return !words.Is(next, NoThing) && (!PersonActs.BelongsToPersons(word) || word is "shift" or "number") && !EnglishWords.Has(word)
            && !word.EndsWith("ed") && (!word.EndsWith("ing") || word is "feeding" or "tubing" or "lining" or "coating" or "casing")
            && !word.EndsWith("ly") && word is not ("not" or "well" or "still" or "much" or "more" or "also" or "very" or "back" or "home" or "alert" or "calm"
            or "awake" or "stable" or "able" or "unable" or "ready" or "aware" or "did" or "does" or "got" or "had" or "made" or "took" or "gave" or "fell"
            or "slept" or "ate" or "likes" or "needs" or "takes" or "febrile" or "afebrile" or "pregnant" or "anxious" or "drowsy" or "lethargic"
            or "somnolent" or "unresponsive" or "hypotensive"
            or "hypertensive" or "tachycardic" or "hypoxic" or "comfortable" or "homeless" or "agitated" or "nauseous" or "vomits" or "diabetic" or "tearful"
            or "angry" or "asleep" or "fine" or "ok" or "sick" or "ill" or "dead" or "alive" or "available" or "present" or "uses" or "sees" or "gets"
            or "keeps" or "knows" or "plans" or "prefers" or "remains"
            or "continues" or "tolerates" or "became" or "began" or "kept" or "knew" or "ran" or "slipped" or "might" or "must" or "never" or "always");
    }

    /// <summary>"Thomas tachypneic and anxious", "Allen incontinent of stool": how somebody is, and no thing that is so.</summary>
    private static bool IsState(Words words, int at)
    {
        var word = words.Span(at);
        if (word.Length < 6 || word.EndsWith("ment")
            || !(word.EndsWith("ic") || word.EndsWith("ous") || word.EndsWith("ent") || word.EndsWith("ory") || word.EndsWith("iced"))) return false;
        return at + 1 >= words.Count || words.Between(at) is not " " || words.Span(at + 1) is "and" or "but" or "with" or "w" or "of" or "at" or "on" or "in"
            or "to" or "since" or "after" or "when" or "overnight" or "today" or "tonight" or "this" or "again" or "now";
    }

    /// <summary>"Ballard 39 wk", "Allen 9 s", "Blake 15 Fr": a number with a unit, which no age or day has.</summary>
    private static bool IsMeasured(Words words, int at) => at + 2 < words.Count && words.Between(at) is " " && words[at + 1].Case == TokenCase.Number
        && words.Between(at + 1) is " " && words.Span(at + 2) is "wk" or "wks" or "mm" or "cm" or "cc" or "mL" or "ml" or "s" or "sec" or "seconds" or "Fr"
        or "F" or "degrees" or "points" or "mmHg" or "Hz" or "G";

    /// <summary>"Levine 3/6 holosystolic murmur": of six grades, and not the third of June.</summary>
    private static bool IsLoudness(Words words, int at)
    {
        if (at + 3 >= words.Count || words.Between(at) is not " " || words[at + 1] is not { Length: 1, Case: TokenCase.Number }
            || words.Between(at + 1) is not "/"
            || words.Span(at + 2) is not "6") return false;
        for (var next = at + 3; next < words.Count && next <= at + 6; next++) if (words.Span(next) is "murmur" or "murmurs") return true;
        return false;
    }
}
