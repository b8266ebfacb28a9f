namespace HealthMcp.Privacy;

/// <summary>(A) A lone name that no list holds, by what follows it: what only a person says or does, has, or is to someone.</summary>
internal static class PersonActs
{
    public static bool Fits(Words words, int first, int last)
    {
        if (last + 1 >= words.Count) return false;
        var between = words.Between(last);
        var next = last + 1;
        if (between is "'" && words.Span(next) is "s" && next + 1 < words.Count && words.Between(next) is " ") return IsOfAPerson(words, first, next + 1);
        if (IsOnDuty(words, last)) return true;
        if (words.Is(first, WordKinds.SurnameWord | WordKinds.GivenWord | WordKinds.Town)) return IsSubject(words, first, last);
        if (between is " " or ", " && words.Is(next, WordKinds.Credential) && IsDegree(words.Span(next))) return true;
        if ((words.IsDescribed(first) || words.Is(first, WordKinds.Eponym | WordKinds.SurnameWord)) && IsFamilyHistory(words, first)) return false;
        if (IsTheirs(words, next) && between is ", ") return true;
        if (between is " (" or ", " && words.Is(next, WordKinds.Relation)
            && words[next].Case == TokenCase.Lower) return words.Count == next + 1
            || words.Between(next) is not " ";
        return between is " " && words.StartsSentence(first) && (IsOf(words, last) || Speaks(words.Span(next)) || Lives(words, next));
    }

    /// <summary>
    /// "Wagner denies pain", "White says": first in a sentence and before what only persons say, a name that is also a word, or the name of a
    /// scale, is a name.
    /// </summary>
    public static bool IsSubject(Words words, int first, int last) => last + 1 < words.Count && words.Between(last) is " " && Opens(words, first)
        && (Says(words.Span(last + 1)) || Lives(words, last + 1) || IsOf(words, last));

    /// <summary>"FHx: Huntington (father), Lynch (aunt)": what relatives had.</summary>
    private static bool IsFamilyHistory(Words words, int at)
    {
        for (var before = at - 1; before >= 0 && at - before <= 12 && !words.Between(before).Contains('\n'); before--)
            if (words.Span(before) is "FHx" or "FH" or "FamHx" or "Fhx" || (words.Span(before) is "history" or "History" or "hx" or "Hx" && before > 0
                && words.Span(before - 1) is "family" or "Family" or "fam" or "Fam")) return true;
        return false;
    }

    /// <summary>"with Faith, her sister": a given name that is also a word.</summary>
    public static bool IsTheirRelative(Words words, int at) => words[at].Case == TokenCase.Title && words.Is(at, WordKinds.GivenWord)
        && words.Between(at) is ", " && IsTheirs(words, at + 1);

    /// <summary>"her sister".</summary>
    private static bool IsTheirs(Words words, int at) => words.Span(at) is "her" or "his" or "their" or "my" && at + 1 < words.Count
        && words.Is(at + 1, WordKinds.Relation) && words[at + 1].Case == TokenCase.Lower;

    /// <summary>"Ramirez (cards) and Feinberg (ID)": whom a service sent.</summary>
    private static bool IsOnDuty(Words words, int last) => words.Between(last) is " (" && IsService(words.Span(last + 1))
        && (last + 2 >= words.Count || words.Between(last + 1).StartsWith(")"));

    /// <summary>"Foley from PT saw".</summary>
    private static bool IsOf(Words words, int last) => last + 3 < words.Count && words.Span(last + 1) is "from" or "of" or "with"
        && words.Between(last + 1) is " "
        && IsService(words.Span(last + 2)) && words.Between(last + 2) is " " && words.Is(last + 3, WordKinds.Verb) && words[last + 3].Length > 2;

    private static bool IsService(ReadOnlySpan<char> word) => word is "ID" or "PT" or "OT" or "SLP" or "SW" or "CM" or "IR" or "GI" or "ENT" or "cards"
        or "renal"
        or "neuro" or "ortho" or "heme" or "onc" or "psych" or "pulm" or "endo" or "rheum" or "derm" or "uro" or "surg" or "peds" or "anesthesia" or "nursing"
        or "pharmacy" or "cardiology" or "nephrology" or "neurology" or "oncology" or "psychiatry" or "surgery" or "vascular" or "palliative" or "urology"
        or "orthopedics" or "dietary" or "nutrition" or "resident" or "attending" or "intern" or "fellow" or "hospitalist";

    /// <summary>"Today Wagner denies", "Per RN, Wagner denies"; not "with Crohn denies".</summary>
    private static bool Opens(Words words, int first)
    {
        if (words.StartsSentence(first) || words.Between(first - 1) is ", ") return true;
        return words.Between(first - 1) is " " && words.Span(first - 1) is "Today" or "today" or "Yesterday" or "yesterday" or "Currently" or "currently"
            or "Now" or "now" or "Overnight" or "overnight" or "Tonight" or "tonight" or "but" or "that" or "because" or "when" or "while" or "since";
    }

    /// <summary>What no thing does: a pair of names before it is a person, whatever else is called so.</summary>
    public static bool Says(ReadOnlySpan<char> verb) => verb is "reports" or "reported" or "denies" or "denied" or "states" or "stated" or "says" or "said"
        or "complains" or "complained" or "agrees" or "agreed" or "verbalizes" or "verbalized" or "endorses" or "endorsed" or "asks" or "asked" or "told"
        or "tells" or "wants" or "wanted" or "declines" or "declined" or "understands" or "understood" or "feels" or "thinks" or "believes" or "called"
        or "calls" or "phoned" or "lives" or "lived" or "insists" or "hopes" or "enjoys" or "smokes" or "drinks" or "cried" or "texted" or "wrote";

    /// <summary>What belongs to persons; "Graves' disease" and "Murphy's sign" go on otherwise.</summary>
    private static bool IsOfAPerson(Words words, int first, int at)
    {
        if (words[at].Case == TokenCase.Number) return false;
        if (words.Is(at, WordKinds.Relation) && words[at].Case == TokenCase.Lower) return true;
        if (words.Is(first, WordKinds.SurnameWord | WordKinds.GivenWord)) return IsOnlyAPersons(words.Span(at));
        return BelongsToPersons(words.Span(at));
    }

    /// <summary>Said of no disease: "Parkinson's medications" and "Crohn's care" are of one.</summary>
    private static bool IsOnlyAPersons(ReadOnlySpan<char> word) => word is "note" or "notes" or "chart" or "phone" or "cell" or "room" or "behalf" or "birthday"
        or "bedside" or "house" or "apartment" or "boss" or "lawyer" or "voicemail" or "appointment" or "wishes" or "request" or "questions" or "concerns"
        or "husband" or "kids" or "children" or "insurance" or "pcp" or "PCP";

    /// <summary>What a person has: a name before it is a person's.</summary>
    public static bool BelongsToPersons(ReadOnlySpan<char> word) => word is "note" or "notes" or "pcp" or "PCP" or "care" or "chart" or "phone" or "cell"
        or "number" or "room" or "family" or "home"
            or "behalf" or "birthday"
            or "bedside" or "case" or "appointment" or "visit" or "house" or "apartment" or "school" or "teacher" or "insurance" or "meds"
            or "medications" or "records"
            or "questions" or "concerns" or "wishes" or "shift" or "request" or "report" or "name" or "parents" or "parent" or "kids" or "children"
            or "boss" or "partner"
            or "lawyer" or "team" or "pain" or "labs" or "results" or "mood" or "progress" or "blood" or "voicemail" or "husband" or "ex" or "doctor"
            or "therapist";

    /// <summary>Letters after a name that persons alone have.</summary>
    public static bool IsDegree(ReadOnlySpan<char> word) => word is "MD" or "RN" or "NP" or "LPN" or "LVN" or "PhD" or "PsyD" or "LCSW" or "LMFT"
        or "PharmD" or "MBBS" or "CRNA"
        or "CNM" or "APRN" or "ARNP" or "FNP" or "DNP" or "CNA" or "DDS" or "DMD" or "DPM" or "PA" or "LMSW" or "CRNP" or "RDN" or "MA";

    private static bool Speaks(ReadOnlySpan<char> verb) => verb is "reports" or "denies" or "denied" or "states" or "says" or "said" or "called"
        or "calls" or "phoned" or "telephoned"
        or "lives" or "works" or "worked" or "lived" or "told" or "asks" or "asked" or "wants" or "wanted" or "agrees" or "agreed" or "complains"
        or "complained" or "feels"
        or "felt" or "speaks" or "understands" or "declines" or "smokes" or "drinks" or "drove" or "retired" or "thinks" or "believes" or "came"
        or "comes" or "arrived"
        or "teaches" or "verbalizes" or "verbalized" or "endorses" or "admits" or "walked" or "visited" or "enjoys" or "hopes" or "cried" or "rang"
        or "texted" or "wrote"
        or "translated" or "answered" or "requests" or "brought" or "stopped" or "sat" or "laughed" or "insists" or "recalls" or "went" or "moved";

    /// <summary>"is a 29-year-old", "was tearful": not "was given", which is said of a drug too.</summary>
    private static bool Lives(Words words, int at)
    {
        if (words.Span(at) is not ("is" or "was" or "has") || at + 1 >= words.Count || words.Between(at) is not " ") return false;
        if (words.Span(at + 1) is "a" or "an" && at + 2 < words.Count && words[at + 2].Case == TokenCase.Number) return true;
        return words.Span(at + 1) is "born" or "tearful" or "accompanied" or "interviewed" or "told" or "calm" or "here" or "married" or "divorced"
            or "widowed" or "employed"
            or "retired" or "pleasant" or "cooperative" or "anxious" or "agitated" or "upset" or "crying" or "asked" or "asking" or "sleeping" or "awake"
            or "alert" or "sitting"
            or "brought" or "living" or "feeling" or "complaining" or "concerned" or "worried" or "calling" or "requesting" or "discharged" or "admitted"
            or "hospitalized" or "happy"
            || (words.Span(at + 1) is "followed" or "seen" && at + 2 < words.Count && words.Span(at + 2) is "at" or "in" or "by");
    }
}
