namespace HealthMcp.Privacy;

/// <summary>
/// (B) Houses written small, as messages have them: "transferred from st. agatha medical center", "follows at lakeview dermatology associates". A
/// small word of place, at once a word that no chart has, and at last what organisations are called by.
/// </summary>
internal static class SmallOrganisations
{
    private const int Longest = 6;

    public static void Find(Words words, List<Found> found)
    {
        for (var at = 1; at + 1 < words.Count; at++)
        {
            if (words[at].Case != TokenCase.Lower || words.Between(at - 1) is not " " || !IsPlace(words.Span(at - 1)) || !Tells(words, at)) continue;
            var (last, end) = (at, -1);
            while (last + 1 < words.Count && last - at < Longest && words.Between(last) is " " or ". " or "'" && words[last + 1].Case == TokenCase.Lower
                && !(words.Is(last + 1, WordKinds.Verb) && !words.Is(last + 1, WordKinds.Organisation)))
            {
                last++;
                if (IsHouse(words, last)) end = last;
            }

            if (end < 0) continue;
            found.Add(new Found("facility", words[at].Start, words[end].End, null));
            at = end;
        }
    }

    private static bool IsPlace(ReadOnlySpan<char> word) => word is "at" or "from" or "to" or "with" or "for" or "by";

    /// <summary>No article before it, and no word of charts: a name, a town, or what no list has.</summary>
    private static bool Tells(Words words, int at)
    {
        if (words.Span(at) is "st" or "saint") return words.Between(at) is " " or ". ";
        if (words[at].Length < 4 || words.Is(at, WordKinds.Common | WordKinds.Verb | WordKinds.Organisation
            | WordKinds.Relation | WordKinds.Label)) return false;
        return words.Is(at, WordKinds.Town | WordKinds.Surname | WordKinds.Given | WordKinds.Institution)
            || (!words.IsKnown(at) && !ClinicalForm.Fits(words.Span(at)) && !EnglishWords.Has(words.Span(at)) && EndsLikeAPlace(words.Span(at)));
    }

    private static bool EndsLikeAPlace(ReadOnlySpan<char> word) => word.EndsWith("side") || word.EndsWith("view") || word.EndsWith("wood")
        || word.EndsWith("ville")
        || word.EndsWith("ton") || word.EndsWith("dale") || word.EndsWith("field") || word.EndsWith("brook") || word.EndsWith("land") || word.EndsWith("ridge")
        || word.EndsWith("crest") || word.EndsWith("haven") || word.EndsWith("gate") || word.EndsWith("burg") || word.EndsWith("hurst")
        || word.EndsWith("grove")
        || word.EndsWith("shore") || word.EndsWith("creek") || word.EndsWith("bury") || word.EndsWith("ford") || word.EndsWith("bridge")
        || word.EndsWith("stead");

    private static bool IsHouse(Words words, int at) => words.Span(at) is "hospital" or "clinic" or "clinics" or "center" or "centre" or "associates"
        or "school"
        or "college" or "university" or "works" or "company" or "pharmacy" or "hospice" or "infirmary" or "academy" or "church" or "industries" or "medical"
        or "health" or "rehab" or "elementary" or "manor" or "memorial" or "partners" or "laboratories" or "institute" or "group" or "cardiology"
        or "dermatology" or "oncology" or "pediatrics" or "orthopedics" or "dental" or "bank" or "foundry" or "farms" or "ranch";
}
