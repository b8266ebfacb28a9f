namespace HealthMcp.Privacy;

/// <summary>
/// (A) A lone name that no list holds, by what stands before it: "spoke with Okonkwo", "seen by", "per", "paged", "requests that". Only what is
/// done to persons counts: "treated with" and "followed by" go on with things.
/// </summary>
internal static class PersonCues
{
    public static void Find(Words words, Action<int, int> mark)
    {
        if (!words.HasCapital) return;
        for (var at = 0; at < words.Count; at++)
        {
            if (IsNamedSubject(words, at) || PersonActs.IsTheirRelative(words, at)) mark(at, at);
            if (!words.MayStandAlone(at) || IsReached(words.Span(at))) continue;
            var (last, _) = NameRun.From(words, at);
            if (!words.IsEponym(at) && !words.IsEponym(last) && (IsAnnounced(words, at, last) || PersonActs.Fits(words, at, last))) mark(at, last);
            at = last;
        }
    }

    /// <summary>"White denies fever": a name that is first of all a word.</summary>
    private static bool IsNamedSubject(Words words, int at) => words.IsNamed(at) && words[at].Case == TokenCase.Title && words.Is(at, WordKinds.Common)
        && !words.Is(at, WordKinds.Organisation | WordKinds.Institution | WordKinds.Title | WordKinds.Label | WordKinds.Relation | WordKinds.Credential
            | WordKinds.OpensPhrase)
        && PersonActs.IsSubject(words, at, at);

    private static bool IsAnnounced(Words words, int first, int last)
    {
        if (first == 0) return false;
        var before = first - 1;
        if (IsQuotedLastFirst(words, first, last)) return true;
        if (words.Between(before) is not (" " or "\n" or "-\n") || words[before].Case == TokenCase.Number) return false;
        if (words.Between(before) is " " && words.Span(before) is "RN" or "MD" or "NP" or "LPN" or "CNA" or "LCSW" or "PharmD" or "CRNA") return true;
        if (!words.EndsClause(last) && !IsPossessive(words, last) && !GoesOn(words, last)) return false;
        if (words.Span(before) is "per" or "Per") return last + 1 >= words.Count || words.Between(last)[0] is ',' or '.' or ';' or ')' or '\n' or '\'';
        if (before == 0) return IsReached(words.Span(before));
        var joined = words.Between(before - 1) is " " or "/" or "-";
        return (joined && Pairs(words, before)) || IsReached(words.Span(before)) || IsAskedFor(words, before, last);
    }

    /// <summary>A verb or noun of speech and care, and the small word that ties a person to it.</summary>
    private static bool Pairs(Words words, int before)
    {
        var written = words.Span(before - 1);
        Span<char> small = stackalloc char[16];
        if (written.Length > small.Length) return false;
        written.CopyTo(small);
        if (words[before - 1].Case == TokenCase.Title) small[0] = char.ToLowerInvariant(small[0]);
        ReadOnlySpan<char> verb = small[..written.Length];
        return words.Span(before) switch
        {
            "as" => verb is "known",
            "name" => verb is "maiden" or "last" or "family" or "middle" or "legal" or "married" or "birth",
            "with" or "w" => verb is "spoke" or "speak" or "spoken" or "talked" or "talking" or "talk" or "discussed" or "reviewed" or "staffed" or "met"
                or "meeting" or "visit"
                or "consulted" or "conferred" or "up" or "appointment" or "coordinated" or "follows" or "conversation" or "lives" or "living" or "RTC"
                or "seen" or "d" or "D" or "Spoke"
                or "Discussed" or "Met" or "Staffed" or "Reviewed" or "Seen" or "RTC" or "together" or "session" or "came" or "resides" or "stays"
                or "staying" or "married",
            "by" or "By" => verb is "seen" or "evaluated" or "examined" or "dictated" or "Dictated" or "signed" or "Signed" or "staffed" or "attended"
                or "grossed" or "Grossed"
                or "Gross" or "transcribed" or "Transcribed" or "prescribed" or "written" or "called" or "notified" or "told" or "accompanied"
                or "interviewed" or "referred"
                or "Referred" or "Seen" or "reviewed" or "Reviewed" or "cosigned" or "authored" or "witnessed" or "Witnessed" or "escorted" or "discussed"
                or "obtained"
                or "supervised" or "entered" or "ordered" or "later" or "interpreted" or "Interpreted" or "brought" or "operated" or "pronounced"
                or "checked" or "raised" or "goes",
            "to" or "To" => verb is "called" or "spoke" or "spoken" or "talked" or "faxed" or "report" or "sent" or "forward" or "forwarded"
                or "forwarding" or "refer" or "referred"
                or "Refer" or "given" or "route" or "routed" or "off" or "endorsed" or "out" or "reported" or "speak" or "talk" or "handed" or "paged"
                or "Forward" or "message"
                or "married" or "engaged" or "listening" or "according" or "According" or "copy" or "sign-out" or "escalated" or "communicated" or "relayed",
            "for" or "For" => verb is "message" or "messages" or "asking" or "asked" or "covering" or "voicemail" or "spoke" or "looking" or "page"
                or "note" or "behalf" or "calling",
            "from" or "From" => verb is "order" or "orders" or "report" or "message" or "call" or "answer" or "care" or "handoff" or "email" or "heard"
                or "note" or "fax" or "page"
                or "Message" or "Call" or "letter" or "signout" or "consent" or "voicemail" or "back" or "response" or "word" or "update",
            _ => false,
        };
    }

    private static bool IsReached(ReadOnlySpan<char> verb) => verb is "notified" or "paged" or "called" or "told" or "informed" or "contacted"
        or "telephoned" or "phoned" or "texted"
        or "emailed" or "interviewed" or "updated" or "Notified" or "Paged" or "Called" or "Told" or "Informed" or "Contacted" or "Telephoned" or "Phoned"
        or "Updated"
        or "Texted" or "Tried" or "married" or "messaged";

    /// <summary>"asked that Beatrix not be", "reports that Ja'Marcus has".</summary>
    private static bool IsAskedFor(Words words, int before, int last) => words.Span(before) is "that"
        && words.Span(before - 1) is "asked" or "asks" or "requests" or "requested" or "reports" or "report" or "states" or "says" or "said" or "stated"
        or "note" or "notes"
        && last + 1 < words.Count && words.Between(last) is " "
        && words.Span(last + 1) is "not" or "be" or "has" or "had" or "will" or "wants" or "wanted" or "would" or "does" or "did" or "never" or "was";

    /// <summary>labeled "Abubakar, Fatimata".</summary>
    private static bool IsQuotedLastFirst(Words words, int first, int last) => words.Between(first - 1).Contains('"')
        && words.Span(first - 1) is "labeled" or "labelled" or "name"
        && (last + 1 >= words.Count || words.Between(last)[0] is ',' or '"');

    private static bool GoesOn(Words words, int last) => words.Between(last) is " " && words.Span(last + 1) is "and" or "or" or "in" or "at" or "on"
        or "from" or "about"
        or "re" or "who" or "not" or "be" or "this" or "today" or "over" or "via" or "yesterday" or "regarding" or "as" or "for" or "when" or "earlier"
        or "again" or "then" or "read" or "until" or "since" or "after" or "because" or "but" or "so" or "that" or "with" or "to";

    private static bool IsPossessive(Words words, int last) => words.Between(last) is "'" && words.Span(last + 1) is "s";
}
