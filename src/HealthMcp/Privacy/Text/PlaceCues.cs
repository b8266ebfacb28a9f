namespace HealthMcp.Privacy;

/// <summary>
/// (B) Employers, schools, homes and hospitals by the words before them: "works for", "retired from", "attends", "transferred from", "School:". At
/// least one word must say which one it is, so that departments and services stay.
/// </summary>
internal static class PlaceCues
{
    private const int Longest = 6;

    public static void Find(Words words, List<Found> found)
    {
        if (!words.HasCapital) return;
        for (var at = 1; at < words.Count; at++)
        {
            if (!words[at].IsCapital || words.Is(at, WordKinds.Title) && words.Span(at) is not ("St" or "ST")) continue;
            var cue = CueBefore(words, at);
            if (cue == Cue.None) continue;
            var last = Last(words, at);
            if (!Tells(words, at, last, cue) || words.IsEponym(last)) continue;
            found.Add(new Found("facility", words[at].Start, words[last].End, null));
            at = Others(words, last, cue, found);
        }
    }

    private enum Cue
    {
        None,
        Weak,
        Strong,
    }

    private static Cue CueBefore(Words words, int at)
    {
        var between = words.Between(at - 1);
        var word = words.Span(at - 1);
        if (between is ": " or ":\t" or ":") return IsLabel(word) ? Cue.Strong : Cue.None;
        if (between is "(" or " (") return at > 1 && word is "OSH" or "hospital" or "facility" or "SNF" ? Cue.Weak : Cue.None;
        if (between is not " ") return Cue.None;
        if (word is "attends" or "attended" or "Attends" or "Attended" or "attending") return Cue.Strong;
        if (word is "the" or "The" && at > 1) word = words.Span(--at - 1);
        if (at < 2 || words.Between(at - 2) is not " ") return Cue.None;
        return Pair(words.Span(at - 2), word);
    }

    private static bool IsLabel(ReadOnlySpan<char> word) => word is "School" or "Employer" or "Facility" or "Hospital" or "Clinic" or "Company"
        or "Organization" or "Pharmacy" or "Church"
        or "Practice" or "Agency" or "Insurance" or "Payer" or "Plan" or "Insurer" or "Laboratory" or "FROM" or "TO" or "From" or "To" or "EMPLOYER"
        or "SCHOOL" or "FACILITY" or "Provider"
        or "PROVIDER" or "Location" or "Workplace" or "Carrier";

    private static Cue Pair(ReadOnlySpan<char> verb, ReadOnlySpan<char> small) => small switch
    {
        "for" or "with" => verb is "works" or "worked" or "working" or "work" or "employed" or "drives" or "job" or "bus" or "truck" or "drove" or "now"
            or "Now" or "insured" ? Cue.Strong
            : verb is "home" or "machinist" or "welder" or "driver" or "manager" or "clerk" or "engineer" or "nurse" or "teacher" ? Cue.Weak : Cue.None,
        "at" or "At" => verb is "works" or "worked" or "Worked" or "Works" or "working" or "employed" or "Employed" or "studied" or "Studied" or "studies"
            or "teaches" or "taught" or "student"
            or "enrolled" or "nurse" or "teacher" or "job" or "welder" or "engineer" or "cook" ? Cue.Strong
            : verb is "lives" or "Lives" or "living" or "resides" or "stays" or "followed" or "seen" or "Seen" or "care" or "Care" or "treated"
            or "hospitalized" or "born" or "admitted"
                or "evaluated" or "Previously" or "previously" or "was" or "Was" or "stay" ? Cue.Weak : Cue.None,
        "from" => verb is "retired" or "Retired" or "graduated" or "Graduated" or "fired" or "off" ? Cue.Strong
            : verb is "transferred" or "Transferred" or "transfer" or "sent" or "arrived" or "admitted" or "discharged" or "brought" or "came"
            or "records" or "CT" or "MRI" or "study" or "film"
                or "films" or "imaging" or "scan" or "ultrasound" or "report" or "referral" or "labs" or "EMS" or "moved" ? Cue.Weak : Cue.None,
        "to" => verb is "goes" or "Goes" or "went" or "release" or "records" or "Release" or "commutes" or "claim" ? Cue.Strong
            : verb is "transferred" or "Transferred" or "transfer" or "sent" or "discharged" or "Discharged" or "admitted" or "referred" or "taken"
            or "returned" or "moved" ? Cue.Weak : Cue.None,
        "of" => verb is "resident" or "Resident" or "member" or "employee" or "graduate" or "parishioner" or "student" ? Cue.Strong : Cue.None,
        "by" => verb is "employed" or "Employed" or "insured" or "arrested" or "run" ? Cue.Strong : Cue.None,
        "in" => verb is "enrolled" ? Cue.Weak : Cue.None,
        _ => Cue.None,
    };

    private static int Last(Words words, int first)
    {
        var last = first;
        while (last + 1 < words.Count && last - first < Longest)
        {
            var between = words.Between(last);
            var next = last + 1;
            if (between is "'" && words.Span(next) is "s" or "S") last = next;
            else if (words[next].IsCapital && (between is " " or "-" or " & " or "'" || (between is ". " && words[last].Length <= 2))) last = next;
            else if (EndsInNextLine(words, next) is > 0 and var end) return end;
            else if (between is " " && words.Span(next) is "of" && next + 1 < words.Count && words.Between(next) is " "
                && words[next + 1].IsCapital) last = next + 1;
            else break;
        }

        return last;
    }

    /// <summary>"Hollis Freight", and in the next line "Company": the word by which it goes on is that of an organisation, and no label.</summary>
    private static int EndsInNextLine(Words words, int next)
    {
        if (words.Between(next - 1) is not ("\n" or "\r\n" or " \n")) return 0;
        var last = 0;
        for (var at = next; at < words.Count && at < next + 3 && words[at].IsCapital && (at == next || words.Between(at - 1) is " "); at++)
            if (words.Is(at, WordKinds.Organisation) || words.Span(at) is "Practice" or "Supply" or "Supplies" or "District")
                last = words.Between(at).StartsWith(":") ? 0 : at;
        return last;
    }

    private static bool Tells(Words words, int first, int last, Cue cue)
    {
        for (var at = first; at <= last; at++)
        {
            if (!words[at].IsCapital || words.Is(at, WordKinds.ClinicalAfter | WordKinds.Credential)) continue;
            if (cue == Cue.Weak && words.Is(at, WordKinds.SurnameWord | WordKinds.GivenWord) && !words.Is(at, WordKinds.Surname | WordKinds.Given)) continue;
            if (words.Is(at, WordKinds.Institution)) return true;
            if (words[at].Case == TokenCase.Upper && words[at].Length < 6 && !(cue == Cue.Strong && !words.IsKnown(at) && words[at].Length > 2)) continue;
            if (words[at].Length > 2 && !words.Is(at, WordKinds.Common | WordKinds.Verb | WordKinds.Organisation | WordKinds.Label) && (words.IsKnown(at)
                || words.MayBeName(at)
                || words[at].Case == TokenCase.Upper)) return true;
        }

        return false;
    }

    /// <summary>"… and Stanford", ", then Nike".</summary>
    private static int Others(Words words, int last, Cue cue, List<Found> found)
    {
        while (last + 2 < words.Count && ((words.Between(last) is " " && words.Span(last + 1) is "and" or "or") || (words.Between(last) is ", "
            && words.Span(last + 1) is "then"))
            && words.Between(last + 1) is " " && words[last + 2].IsCapital)
        {
            var end = Last(words, last + 2);
            if (!Tells(words, last + 2, end, cue) || words.IsEponym(end)) break;
            found.Add(new Found("facility", words[last + 2].Start, words[end].End, null));
            last = end;
        }

        return last;
    }
}
