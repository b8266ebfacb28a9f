namespace HealthMcp.Privacy;

/// <summary>(B) Towns and organisations of the deployment's own lists, wherever they are written with a capital.</summary>
internal static class ListedPlaces
{
    public static void Find(Words words, List<Found> found)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (!words.Is(at, WordKinds.OpensEntry)) continue;
            var (longest, kind) = (0, "");
            foreach (var (entry, what) in words.Lexicon.EntriesFrom(words.Span(at)))
                if (entry.Length > longest && Matches(words, at, entry)) (longest, kind) = (entry.Length, what);
            if (longest == 0) continue;
            found.Add(new Found(kind, words[at].Start, words[at + longest - 1].End, null));
            at += longest - 1;
        }
    }

    private static bool Matches(Words words, int at, string[] entry)
    {
        if (at + entry.Length > words.Count || (entry.Length == 1 && !words[at].IsCapital)) return false;
        for (var i = 0; i < entry.Length; i++)
        {
            if (i > 0 && words.Gap(at + i - 1) > 3) return false;
            if (!words.Span(at + i).Equals(entry[i], StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }
}
