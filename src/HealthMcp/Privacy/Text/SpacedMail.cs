namespace HealthMcp.Privacy;

/// <summary>(F) "maria . gonzalez @ example . com": an address whose parts stand apart.</summary>
internal static class SpacedMail
{
    private const int MostParts = 6;

    public static void Find(NoteText note, List<Found> found)
    {
        var words = note.Words;
        if (!note.Has(SignKinds.Domain) || !note.Text.Contains('@')) return;
        for (var at = 0; at + 2 < words.Count; at++)
        {
            if (words.Between(at) is not (" @ " or " @" or "@ " or "@")) continue;
            var (first, last) = (at, at + 1);
            while (first > 0 && at - first < MostParts && words.Between(first - 1) is " . " or " ." or ". " or "." or " _ " or "_") first--;
            while (last + 1 < words.Count && last - at < MostParts && words.Between(last) is " . " or " ." or ".") last++;
            if (last > at + 1 && (SignWords.Of(words.Span(last)) & SignKinds.Domain) != SignKinds.None)
                found.Add(new Found("email", words[first].Start, words[last].End, null));
            at = last;
        }
    }
}
