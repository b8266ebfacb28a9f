namespace HealthMcp.Privacy;

/// <summary>(D), (G), (R) Numbers that are read out: "four one five, five five five, zero one seven two". Seven digits and more; counting is none.</summary>
internal static class SpokenDigits
{
    private const int Fewest = 7;

    public static void Find(NoteText note, List<Found> found)
    {
        var words = note.Words;
        for (var at = 0; at < words.Count; at++)
        {
            if (Digit(words.Span(at)) < 0) continue;
            var (last, count, counts) = (at, 1, true);
            while (last + 1 < words.Count && !words.Between(last).ContainsAnyExcept(" ,.-\n") && words.Gap(last) <= 2 && Digit(words.Span(last + 1)) is >= 0
                and var digit)
            {
                counts &= digit == Digit(words.Span(last)) + 1 || digit == Digit(words.Span(last)) - 1;
                (last, count) = (last + 1, count + 1);
            }

            if (count >= Fewest && !counts) found.Add(new Found("number", words[at].Start, words[last].End, null));
            at = last;
        }
    }

    private static int Digit(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 6) return -1;
        Span<char> small = stackalloc char[6];
        return small[..word.ToLowerInvariant(small)] switch
        {
            "zero" or "oh" => 0, "one" => 1, "two" => 2, "three" => 3, "four" => 4, "five" => 5, "six" => 6, "seven" => 7, "eight" => 8, "nine" => 9,
            "double" or "triple" => 10,
            _ => -1,
        };
    }
}
