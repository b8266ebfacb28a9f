namespace HealthMcp.Privacy;

/// <summary>(B) Hospitals, plans, employers and schools known by name, "the VA in Reno", and houses called after saints ("St. Mary's ED").</summary>
internal static class Institutions
{
    public static void Find(NoteText note, List<Found> found)
    {
        var words = note.Words;
        ListedPlaces.Find(words, found);
        for (var at = 0; at < words.Count; at++)
        {
            var last = -1;
            if (words.Is(at, WordKinds.Institution)) last = Known(words, at);
            else if (words.Span(at) is "VA" && at > 0 && words.Span(at - 1) is "the" or "The") last = at;
            else if (words[at].Length is 2 or 5 && words.Span(at) is "St" or "ST" or "Saint") last = Saint(words, at);
            if (last < 0) continue;
            last = Place(words, last);
            found.Add(new Found("facility", words[at].Start, words[last].End, null));
            at = last;
        }
    }

    private static int Known(Words words, int at)
    {
        if (!words[at].IsCapital && !(words[at].Length > 4 && at > 0 && words.Between(at - 1) is " "
            && words.Span(at - 1) is "at" or "from" or "to" or "with" or "for")) return -1;
        if (words.IsEponym(at) || IsGrade(words, at)) return -1;
        var last = at;
        while (last + 1 < words.Count && last - at < 4 && words.Between(last) is " " && GoesOn(words, at, last + 1)) last++;
        return last;
    }

    /// <summary>"Stanford B", "Mayo endoscopic subscore": called after the house; not where someone is "at" it.</summary>
    public static bool IsGrade(Words words, int at)
    {
        if (at + 1 >= words.Count || words.Between(at) is not " "
            || (at > 0 && words.Span(at - 1) is "at" or "to" or "from" or "by" or "in" or "with" or "the")) return false;
        if (words[at + 1].Case == TokenCase.Number) return words[at + 1].Length == 1
            || (words[at + 1].Length == 4 && at + 2 < words.Count && words.Span(at + 2) is "fulfilled" or "met" or "criteria" or "revision" or "revised")
            || (at + 2 < words.Count && words.Between(at + 1) is " " && words.Is(at + 2, WordKinds.ClinicalAfter));
        return words.Span(at + 1) is "A" or "B" or "C" or "form" or "forms"
            || (words[at + 1].Case == TokenCase.Lower && at + 2 < words.Count && words.Between(at + 1) is " " && (words.Is(at + 2, WordKinds.ClinicalAfter)
                || (words[at + 2] is { Case: TokenCase.Number, Length: 1 } && !words.Is(at + 1, WordKinds.Verb))
                || (words[at + 2] is { Case: TokenCase.Number, Length: 2 } && words.Span(at + 1) is "wrist" or "elbow" or "hip" or "knee" or "score")));
    }

    private static bool GoesOn(Words words, int first, int at) => words[first].IsCapital
        ? words[at].IsCapital && !words.Is(at, WordKinds.Verb)
        && (words.Is(at, WordKinds.Organisation | WordKinds.Institution | WordKinds.Town | WordKinds.SurnameWord)
            || (words[at].Case == TokenCase.Title && words.MayStandAlone(at)))
        : words.Is(at, WordKinds.Town | WordKinds.Institution);

    /// <summary>"St. Luke's", with the house's kind where it follows; St. John's wort is none.</summary>
    private static int Saint(Words words, int at)
    {
        if (at + 3 >= words.Count || words.Between(at) is not (". " or " ") || words[at + 1].Case == TokenCase.Lower || words.Between(at + 1) is not "'"
            || words.Span(at + 2) is not ("s" or "S")) return -1;
        var last = at + 2;
        if (last + 1 < words.Count && words.Between(last) is " " && (words.Is(last + 1, WordKinds.ClinicalAfter)
            || words.Span(last + 1) is "wort" or "Wort" or "dance" or "fire")) return -1;
        while (last + 1 < words.Count && words.Between(last) is " " && words[last + 1].IsCapital && (words.Is(last + 1, WordKinds.Organisation)
            || words.Span(last + 1) is "ED" or "ER"
            or "Medical" or "Regional")) last++;
        return last;
    }

    /// <summary>"… in Reno", "… of Boise".</summary>
    private static int Place(Words words, int last) => last + 2 < words.Count && words.Between(last) is " " && words.Span(last + 1) is "in" or "of"
        && words.Between(last + 1) is " "
        && words[last + 2].Case == TokenCase.Title && (words.Is(last + 2, WordKinds.Town) || words.MayStandAlone(last + 2)) ? last + 2 : last;
}
