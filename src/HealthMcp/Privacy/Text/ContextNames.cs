namespace HealthMcp.Privacy;

/// <summary>
/// Names of persons that no list holds, (A), by where they stand: "Patients of …", "… reports", "Last, First (…)". Takes two or more
/// capitalised words that are neither words of charts nor, by their ending, of medicine.
/// </summary>
internal sealed class ContextNames(Words words)
{
    public void Find(Action<int, int> mark)
    {
        if (!words.HasCapital) return;
        for (var at = 0; at < words.Count; at++)
        {
            if (!words.MayBeName(at) && !(NameRun.IsInitial(words, at) && words.Between(at) is ". ")) continue;
            var (last, count) = NameRun.From(words, at);
            if (IsLastFirst(at, last, count, out var end)) mark(at, last = end);
            else if (count > 1 && !words.IsEponym(at) && !words.IsEponym(last) && Fits(at, last))
            {
                mark(at, last);
                last = Companions(last, mark);
            }

            at = last;
        }
    }

    private bool Fits(int first, int last) => (IsAnnounced(first) && words.EndsClause(last)) || IsReferred(first) || (words.StartsSentence(first)
        && Acts(last)) || IsRelated(last);

    private bool IsAnnounced(int first) => first > 0 && words.Between(first - 1) is " "
        && words.Span(first - 1) is "of" or "by" or "with" or "for" or "to" or "from" or "via" or "per" or "By" or "With" or "For" or "From" or "To" or "Per";

    /// <summary>"Thank you for referring Alistair Fotheringham to": what is done to persons alone, before two unknown words.</summary>
    private bool IsReferred(int first) => first > 0 && words.Between(first - 1) is " " && words.Span(first - 1) is "referring" or "seeing" or "met"
        or "interviewed"
        or "accompanied" or "notified" or "paged" or "contacted" or "telephoned" or "phoned" or "texted" or "emailed" or "informed" or "greeted" or "thanked"
        or "attorney" or "lawyer" or "officer";

    /// <summary>What only persons do; "is", "was" and "has" are said of diseases and germs too.</summary>
    private bool Acts(int last)
    {
        var next = last + 1;
        if (next < words.Count && words.Between(last) is " " && words.Span(next) is "born") return true;
        if (next >= words.Count || words.Between(last) is not " " || words[next].Case != TokenCase.Lower
            || words[next].Length < 4) return next + 1 < words.Count && IsDoneTo(next);
        return words.Is(next, WordKinds.Verb) && !words.Is(next, WordKinds.Particle)
            && words.Span(next) is not ("will" or "would" or "could" or "should" or "does" or "from" or "with" or "since" or "after" or "before" or "when"
            or "while"
                or "during" or "until" or "this" or "last" or "next" or "again" or "about" or "because" or "then" or "regarding" or "appears"
                or "appeared" or "seems"
                or "confirmed" or "described" or "reported" or "ordered" or "prescribed" or "performed" or "administered" or "reviewed" or "mentioned"
                or "assessed" or "evaluated");
    }

    private bool IsDoneTo(int at) => words.Span(at) is "was" or "is" or "has" or "were"
        && words.Between(at) is " " && words.Span(at + 1) is "born" or "admitted" or "discharged" or "referred" or "brought" or "accompanied" or "told"
        or "called"
            or "interviewed" or "married" or "employed" or "here" or "our" or "his" or "her" or "their" or "my" or "asked" or "advised" or "instructed"
            or "a" or "an" or "agreed"
            or "requested" or "declined" or "transferred" or "living" or "concerned" or "notified" or "informed" or "contacted" or "present" or "at"
            || (words.Span(at) is "was" or "is" && at + 1 < words.Count && words.Span(at + 1) is "seen" && (at + 2 >= words.Count
            || words.Span(at + 2) is not ("on" or "with")));

    /// <summary>"… (daughter)", "…, wife".</summary>
    private bool IsRelated(int last) => last + 1 < words.Count && words.Between(last) is ", " or " (" or ", her " or ", his "
        && words.Is(last + 1, WordKinds.Relation) && words[last + 1].Case == TokenCase.Lower;

    private bool IsLastFirst(int first, int last, int count, out int end)
    {
        end = last;
        if (count > 1 || last + 1 >= words.Count || words.Between(last) is not ", " || !words.MayBeName(last + 1)) return false;
        if (words.IsDescribed(first) && words.IsDescribed(last + 1)) return false;
        if (!(words.StartsSentence(Opening(first)) || IsAnnounced(first) || words.Between(first - 1).Contains('"')) || (first > 0
            && words.Between(first - 1).Contains(','))) return false;
        var (next, more) = NameRun.From(words, last + 1);
        if (more > 2 || words.IsEponym(next)) return false;
        end = next;
        if (next + 1 < words.Count && words[next + 1] is { Length: 1, Case: TokenCase.Title } && words.Between(next) is " ")
        {
            end = next + 1;
            return true;
        }

        // A list of things goes on with a comma or "and"; what is said of a person follows in other ways.
        if (next + 1 >= words.Count) return IsAnnounced(first);
        var after = words.Between(next);
        return after.ContainsAny('(', '"') || after.Contains('\n') || (after is " " && Acts(next))
            || (words[next + 1].Case == TokenCase.Number && words[next + 1].Length is 4 or 2 && after is ", " or " - ");
    }

    /// <summary>"von Trapp, Liesl" starts with its small words.</summary>
    private int Opening(int first)
    {
        while (first > 0 && words[first - 1].Case == TokenCase.Lower && words.Is(first - 1, WordKinds.Particle) && words.Between(first - 1) is " ") first--;
        return first;
    }

    /// <summary>"… and Lars Lindqvist": who stands beside a person is one.</summary>
    private int Companions(int last, Action<int, int> mark)
    {
        while (last + 2 < words.Count && words.Between(last) is " " && words.Span(last + 1) is "and" or "or" && words.Between(last + 1) is " "
            && words.MayBeName(last + 2))
        {
            var (end, count) = NameRun.From(words, last + 2);
            if (count < 2 || words.IsEponym(end)) break;
            mark(last + 2, end);
            last = end;
        }

        return last;
    }
}
