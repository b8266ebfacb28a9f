namespace HealthMcp.Privacy;

/// <summary>(B) Towns of the list where a word before them says that they are a place.</summary>
internal static class TownFinder
{
    public static void Find(Words words, List<Found> found)
    {
        for (var at = 1; at < words.Count; at++)
        {
            if (words[at].Case != TokenCase.Title || !words.Is(at, WordKinds.Town)) continue;
            if (words.Span(at - 1) is "in" or "from" or "to" or "near" or "of" or "at" or "via")
                found.Add(new Found("city", words[at].Start, words[at].End, null));
        }
    }
}
