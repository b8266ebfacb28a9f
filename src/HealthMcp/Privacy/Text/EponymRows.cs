namespace HealthMcp.Privacy;

/// <summary>
/// What a family name is called after in a row: "Mitrofanoff and Malone", "Katz 5/6, Lawton 6/8", "Ober -, Thomas -", "Quinton placed", "s/p Norwood".
/// Only names that things are called by too are asked about, and only where nothing else says that a person is meant.
/// </summary>
internal static class EponymRows
{
    private const int Near = 4;
    private const int LineAround = 120;

    public static bool Fits(Words words, int at) => HasSign(words, at) || IsRated(words, at) || IsAfterCue(words, at) || IsHandled(words, at)
        || IsSided(words, at) || IsInRow(words, at);

    /// <summary>"Thomas -, Ober -", "Yeoman (+)": plus and minus where the line has two of them.</summary>
    private static bool HasSign(Words words, int at)
    {
        var after = words.Text.AsSpan(words[at].End);
        if ((after.StartsWith(" (+)") || after.StartsWith(" (-)")) && !after[4..].StartsWith(" for ")) return true;
        if (after.StartsWith(" +ve") || after.StartsWith(" -ve")) return true;
        return IsSign(after) && SignsInLine(words.Text, words[at].End) > 1;
    }

    private static bool IsSign(ReadOnlySpan<char> after) => after.Length > 1 && after[0] == ' ' && after[1] is '+' or '-'
        && (after.Length == 2 || after[2] is ',' or ';' or '.' or '\n');

    private static int SignsInLine(string text, int at)
    {
        var (from, to) = (Math.Max(0, at - LineAround), Math.Min(text.Length, at + LineAround));
        var around = text.AsSpan(from, to - from);
        var (start, end) = (around[..(at - from)].LastIndexOf('\n') + 1, around[(at - from)..].IndexOf('\n'));
        var line = around[start..(end < 0 ? around.Length : at - from + end)];
        var count = 0;
        for (var i = 0; i < line.Length; i++) if (line[i] == ' ' && IsSign(line[i..])) count++;
        return count;
    }

    /// <summary>"Alvarado 7;", "Katz 5/6,", "Reynolds 9%": a number that is all there is said, after the name of a scale.</summary>
    private static bool IsRated(Words words, int at)
    {
        if (at + 1 >= words.Count || words.Between(at) is not (" " or ": ") || words[at + 1] is not { Case: TokenCase.Number, Length: <= 3 }) return false;
        var end = words[at + 1].End;
        if (end < words.Text.Length && words.Text[end] == '%') return IsRisk(words, at + 1);
        if (!IsScale(words.Span(at))) return false;
        if (at + 2 < words.Count && words.Between(at + 1) is "/") end = words[at + 2].End;
        return end >= words.Text.Length || words.Text[end] is ',' or ';' or '.' or ')' or '\n';
    }

    /// <summary>"Reynolds 9%,": not "Thomas 98% on RA", which is a person's saturation, nor "Thomas 50% of lunch".</summary>
    private static bool IsRisk(Words words, int number) => (words[number].Length == 1 || (words[number].Length == 2 && words.Text[words[number].Start] < '7'))
        && (words[number].End + 1 >= words.Text.Length || words.Text[words[number].End + 1] is ',' or ';' or '.' or ')' or '\n');

    private static bool IsScale(ReadOnlySpan<char> word) => word is "Alvarado" or "Katz" or "Reynolds" or "Hamilton" or "Norton" or "Morse" or "Lawton"
        or "Bishop" or "Ballard" or "Marshall" or "Ramsay" or "Aldrete" or "Barthel" or "Beck" or "Harris" or "Constant" or "Murray" or "Johns" or "Charlson"
        or "Rankin" or "Hoffer" or "Downes" or "Silverman" or "Garner" or "Goldman" or "Ludwig" or "Burch" or "Sarnat" or "Snyder" or "Schwab";

    /// <summary>"s/p Norwood", "prior Glenn", "modified Allen", "r/o Lambert".</summary>
    private static bool IsAfterCue(Words words, int at)
    {
        if (at == 0 || words.Between(at - 1) is not " " || IsDoneBy(words, at)) return false;
        if (words.Span(at - 1) is "modified" or "Modified" or "prior" or "redo" or "underwent" or "Underwent" or "emergent" or "bilateral" or "positive"
            or "Positive" or "negative" or "Negative" or "partial" or "reverse" or "equivocal" or "pseudo" or "classic") return true;
        return at > 1 && words.Between(at - 2) is "/" && ((words.Span(at - 2) is "s" or "S" && words.Span(at - 1) is "p" or "P")
            || (words.Span(at - 2) is "r" or "R" && words.Span(at - 1) is "o" or "O"));
    }

    /// <summary>A verb, letters of a degree or another name follows.</summary>
    private static bool IsDoneBy(Words words, int at) => at + 1 < words.Count && words.Between(at) is " "
        && words.Is(at + 1, WordKinds.Verb | WordKinds.Credential | WordKinds.Surname | WordKinds.SurnameWord) && words.Span(at + 1) is not ("and" or "or"
        or "in"
        or "at" or "on" or "with" or "for" or "negative" or "positive" or "performed");

    /// <summary>"Quinton placed R IJ", "Norwood done": what is done with a device or an operation, and no object after it.</summary>
    private static bool IsHandled(Words words, int at)
    {
        if (at + 1 >= words.Count || words.Between(at) is not " ") return false;
        var next = at + 1;
        if (words.Span(next) is "not" && at + 2 < words.Count && words.Between(next) is " ")
            return words.Span(at + 2) is "possible" or "feasible" or "elicited" or "performed" or "indicated";
        if (words.Span(next) is "was" or "is" or "were" && next + 1 < words.Count && words.Between(next) is " ") next++;
        if (words.Span(next) is not ("elicited" or "placed" or "removed" or "inserted" or "exchanged" or "flushed" or "tapped" or "clamped" or "performed"
            or "deferred" or "equivocal" or "kinked" or "patent" or "palpable")) return false;
        if (next + 1 >= words.Count || words.Between(next).ContainsAny(".,;\n)")) return true;
        return words.Between(next) is " " && words.Span(next + 1) is "R" or "L" or "RIJ" or "LIJ" or "IJ" or "RSC" or "LSC";
    }

    /// <summary>"Keller L hallux": a side and a part of the body.</summary>
    private static bool IsSided(Words words, int at) => at + 2 < words.Count && words.Between(at) is " " && words.Span(at + 1) is "L" or "R"
        && words.Between(at + 1) is " " && words[at + 2] is { Case: TokenCase.Lower, Length: > 2 } && !EnglishWords.Has(words.Span(at + 2))
        && !(at + 3 < words.Count && words.Span(at + 3) is "fx" or "fracture" or "fxs" or "ORIF" or "pain" or "injury" or "wound" or "repair" or "replacement")
        && !words.Is(at + 2, WordKinds.Verb | WordKinds.Relation) && !words.Span(at + 2).EndsWith("ed");

    /// <summary>A neighbour by a comma, a slash, "and", "or" or "vs" that medicine calls a thing by.</summary>
    private static bool IsInRow(Words words, int at)
    {
        for (var next = at + 1; next < words.Count && next <= at + Near && !Ends(words, next - 1); next++)
            if (IsOnlyDescribed(words, next) && Parts(words, at, next) && !IsSaidOf(words, next)) return true;
        for (var before = at - 1; before >= 0 && before >= at - Near && !Ends(words, before); before--)
            if (IsOnlyDescribed(words, before) && Parts(words, before, at) && !IsSaidOf(words, at)) return true;
        return false;
    }

    /// <summary>"Clark", "Walker", "Baker" are too many people's names to make a thing of the name beside them.</summary>
    private static bool IsOnlyDescribed(Words words, int at) => words.IsDescribed(at)
        && !words.Is(at, WordKinds.Given | WordKinds.GivenWord | WordKinds.Surname | WordKinds.SurnameWord);

    private static bool Ends(Words words, int gap) => words.Between(gap).ContainsAny(".\n:(");

    /// <summary>Between the two stands what parts a row, and beside it numbers, signs and small words alone.</summary>
    private static bool Parts(Words words, int first, int second)
    {
        var parted = false;
        for (var gap = first; gap < second; gap++)
        {
            parted |= words.Between(gap) is ", " or "/" or " / " or "; " or " -, " or " +, " or " & " or " + ";
            if (gap == first) continue;
            parted |= words.Span(gap) is "and" or "or" or "vs" or "versus";
            if (words[gap].IsCapital && !words.IsDescribed(gap) && words[gap].Length > 3) return false;
        }

        return parted;
    }

    /// <summary>"Malone and Monti saw her", "Malone, Monti RN": then they are persons.</summary>
    private static bool IsSaidOf(Words words, int last)
    {
        var next = last + 1;
        if (next >= words.Count || words.Between(last) is not (" " or ", ")) return false;
        if (words.Span(next) is "was" or "were" && next + 1 < words.Count && words.Span(next + 1) is "called" or "paged" or "notified" or "updated"
            or "informed" or "consulted" or "aware" or "present") return true;
        return words.Is(next, WordKinds.Credential) || (words[next].Case == TokenCase.Lower && words.Is(next, WordKinds.Verb) && words[next].Length > 2
            && words.Span(next) is not ("and" or "was" or "with" or "for" or "from" or "negative" or "positive" or "performed" or "since" or "after" or "before"
            or "given" or "were" or "when" or "then"));
    }
}
