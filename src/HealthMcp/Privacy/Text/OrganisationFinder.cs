namespace HealthMcp.Privacy;

/// <summary>
/// (B) Hospitals, employers, schools and other places by their last word ("Cascade Paper Works"), or by "at" before a name that is
/// no word of medicine. They tell the town and, for an employer, whose data it is.
/// </summary>
internal sealed class OrganisationFinder(Words words)
{
    private const int Longest = 7;

    public void Find(List<Found> found)
    {
        if (!words.HasCapital) return;
        for (var at = 0; at < words.Count; at++)
        {
            var last = at;
            if (words.Is(at, WordKinds.Organisation) && words[at].IsCapital) Ending(ref last, found);
            else if (at + 1 < words.Count && words.Span(at) is "at" or "At") last = After(at, found);
            at = last;
        }
    }

    /// <summary>Takes the words that lead to one that ends the name of an organisation, and what follows: "University of …".</summary>
    private void Ending(ref int last, List<Found> found)
    {
        var (end, first) = (last, last);
        while (first > 0 && end - first < Longest && Leads(first - 1)) first--;
        while (first < end && IsOpening(first)) first++;
        while (end + 1 < words.Count && words.Between(end) is " " && words.Is(end + 1, WordKinds.Organisation) && words[end + 1].IsCapital) end++;
        var tail = Tail(end);
        var strong = !words.Is(end, WordKinds.Common);
        if (!(first < end && IsCompany(end)) && !AnyTells(first, end - 1, strong) && (tail == end || !AnyTells(end + 1, tail, strong))) return;
        last = tail;
        found.Add(new Found("facility", words[first].Start, words[tail].End, null));
    }

    /// <summary>After these, whatever stands before is a name: "Pinnacle Industries", "Umbrella Corp".</summary>
    private bool IsCompany(int at) => words.Span(at) is "Inc" or "LLC" or "Ltd" or "Corp" or "Corporation" or "Industries" or "Enterprises" or "Holdings"
        or "Incorporated" or "GmbH" or "PLC";

    private bool AnyTells(int from, int to, bool strong)
    {
        for (var at = from; at <= to; at++) if (Tells(at, strong)) return true;
        return false;
    }

    /// <summary>A word that says which one: neither a word of charts nor one of medicine.</summary>
    private bool Tells(int at, bool strong)
    {
        var token = words[at];
        if (!token.IsCapital || token.Length < 3 || words.Is(at, WordKinds.Common | WordKinds.ClinicalAfter | WordKinds.Organisation | WordKinds.Verb))
            return false;
        if (token.Case == TokenCase.Upper && token.Length < 6 && !strong) return false;
        return words.IsKnown(at) || !ClinicalForm.Fits(words.Span(at));
    }

    /// <summary>The word belongs to the name that the next word goes on with.</summary>
    private bool Leads(int at)
    {
        var between = words.Between(at);
        if (words[at] is { Length: 1, Case: TokenCase.Lower } && words.Span(at) is "s") return between is " " && at > 0 && words.Between(at - 1) is "'";
        var joined = between is " " or "-" or " & " or "'" || (between is ". " && words[at].Length <= 2);
        if (!joined) return false;
        return words[at].IsCapital || (words.Span(at) is "of" or "and" or "the" or "de" or "la" or "for" && at > 0 && Capital(at - 1));
    }

    private bool Capital(int at) => words[at].IsCapital && words.Between(at) is " " && !words.Is(at, WordKinds.Common | WordKinds.Verb);

    /// <summary>A verb or small word that a sentence starts with is not part of the name.</summary>
    private bool IsOpening(int at) => !words[at].IsCapital || words.Is(at, WordKinds.Verb) || (words[at].Length <= 3 && words.Is(at, WordKinds.Common));

    private int Tail(int end)
    {
        if (end + 2 >= words.Count || words.Between(end) is not " " || words.Span(end + 1) is not ("of" or "at")) return end;
        var tail = end + 1;
        while (tail + 1 < words.Count && tail < end + 5 && words.Between(tail) is " " or ". " or "-" && words[tail + 1].IsCapital) tail++;
        return tail == end + 1 ? end : tail;
    }

    /// <summary>"at Willamette", "at Cedar Grove": a place, unless what follows makes it a point, level or hour.</summary>
    private int After(int at, List<Found> found)
    {
        var last = at;
        while (last + 1 < words.Count && last - at < Longest && words.Between(last) is " " && words[last + 1].Case == TokenCase.Title && !Parts(last + 1))
            last++;
        if (last == at || words.IsEponym(last) || (last + 1 < words.Count && words.Between(last) is "-" or "'")) return at;
        for (var i = at + 1; i <= last; i++) if (words.Is(i, WordKinds.ClinicalAfter | WordKinds.Title)) return at;
        if (!AnyTells(at + 1, last, strong: false)) return at;
        found.Add(new Found("facility", words[at + 1].Start, words[last].End, null));
        return last;
    }

    /// <summary>A title writes its small words with a capital too; what follows one is no longer the place.</summary>
    private bool Parts(int at) => words.Span(at) is "Before" or "After" or "Until" or "With" or "Without" or "For" or "From" or "During" or "Since" or "When"
        or "While" or "To"
        or "By" or "In" or "On" or "Per" or "And" or "Or" or "But" or "Because" or "Via";
}
