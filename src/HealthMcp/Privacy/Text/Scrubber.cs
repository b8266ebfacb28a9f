using System.Text;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>
/// Takes identifiers out of free text: first what the record itself says, then patterns of every Safe Harbor category, then names
/// by lexicon and context. Best effort: it is no determination of de-identification.
/// </summary>
/// <param name="rules">What finds; all of them but where one rule is shown to matter by leaving it out.</param>
/// <param name="lexicon">The word lists, with those of the deployment.</param>
internal sealed class Scrubber(IReadOnlyList<TextRule> rules, Lexicon lexicon)
{
    /// <summary>What stands for a text that could not be read in time: nothing of it is shown.</summary>
    public const string Unread = "[text withheld]";

    public Scrubber() : this(TextRules.All)
    {
    }

    public Scrubber(Lexicon lexicon) : this(TextRules.All, lexicon)
    {
    }

    public Scrubber(IReadOnlyList<TextRule> rules) : this(rules, Lexicon.Default)
    {
    }

    /// <summary>Scrubs a text for a call and counts what went; the same string when nothing did.</summary>
    public string Scrub(string text, RedactionSession session)
    {
        var result = Read(text, session);
        session.Count(result);
        return result.Text;
    }

    /// <summary>
    /// What becomes of a text, and what there is to count. Changes nothing, so that many texts of a call can be read at once, as long as the session
    /// learns nothing meanwhile.
    /// </summary>
    public ScrubResult Read(string text, RedactionSession session)
    {
        try
        {
            var normal = TextNormaliser.Normalise(text);
            var note = new NoteText(normal.Text, session.Known, session.Today, lexicon);
            var injections = IsSuspect(note) ? 1 : 0;
            if (session.Level == PrivacyLevel.Identified) return new ScrubResult(text, [new CountedKind("text", Shown: true, 1)], injections);
            var spans = Spans(normal, note, session.Level);
            if (spans.Count == 0) return new ScrubResult(text, [], injections);

            // What the caller itself sent may come back.
            var counts = spans.ConvertAll(span => new CountedKind("text-" + span.Kind, session.Echoes(text.AsSpan(span.Start, span.End - span.Start)), 1));
            spans = [.. spans.Where((_, at) => !counts[at].Shown)];
            return new ScrubResult(spans.Count == 0 ? text : Replace(text, spans), [.. counts], injections);
        }
        catch (RegexMatchTimeoutException)
        {
            return new ScrubResult(Unread, [new CountedKind("text", Shown: false, 1)], 0);
        }
    }

    /// <summary>The passages that identify, in order and without overlap. Limited keeps dates, ages, towns and ZIP codes.</summary>
    public List<ScrubSpan> Spans(string text, PrivacyLevel level, RecordDictionary known, DateOnly today)
    {
        if (level == PrivacyLevel.Identified || text.Length == 0) return [];
        var normal = TextNormaliser.Normalise(text);
        return Spans(normal, new NoteText(normal.Text, known, today, lexicon), level);
    }

    private List<ScrubSpan> Spans(NormalisedText normal, NoteText note, PrivacyLevel level)
    {
        var found = new List<Found>();
        foreach (var rule in rules) rule.Find(note, found);
        // A limited data set may say where someone was treated and not where someone works; text does not tell which it is.
        if (level == PrivacyLevel.Limited) found.RemoveAll(hit => hit.Kind is "date" or "age" or "city" or "zip");
        AddEncoded(note, level, found);
        return Merge(normal, found);
    }

    /// <summary>A long base64 word that decodes to text with an identifier in it goes as a whole.</summary>
    private void AddEncoded(NoteText note, PrivacyLevel level, List<Found> found)
    {
        for (var word = Base64Words.Next(note.Text, 0); word.End > 0; word = Base64Words.Next(note.Text, word.End))
        {
            if (Base64Words.Decode(note.Text.AsSpan(word.Start, word.End - word.Start)) is not { } plain) continue;
            if (level == PrivacyLevel.Deidentified || Identifies(plain, note)) found.Add(new Found("encoded", word.Start, word.End, null));
        }
    }

    private bool Identifies(string plain, NoteText around)
    {
        var (inside, found) = (new NoteText(TextNormaliser.Normalise(plain).Text, around.Known, around.Today, lexicon), new List<Found>());
        foreach (var rule in rules) rule.Find(inside, found);
        return found.Count > 0;
    }

    private static List<ScrubSpan> Merge(NormalisedText normal, List<Found> found)
    {
        found.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var spans = new List<ScrubSpan>(found.Count);
        for (var i = 0; i < found.Count;)
        {
            var (first, end, exact) = (found[i], found[i].End, found[i].Replacement);
            for (i++; i < found.Count && found[i].Start < end; i++)
            {
                if (found[i].End > end || (exact is not null && found[i].Start == first.Start && found[i].Replacement is null
                    && found[i].End == end)) exact = found[i].End > end ? null : exact;
                end = Math.Max(end, found[i].End);
            }

            var (from, to) = normal.ToOriginal(first.Start, end);
            spans.Add(new ScrubSpan(first.Kind, from, to, exact ?? $"[{first.Kind}]"));
        }

        return spans;
    }

    /// <summary>The text with each passage's replacement in its place.</summary>
    public static string Replace(string text, List<ScrubSpan> spans)
    {
        var output = new StringBuilder(text.Length);
        var at = 0;
        foreach (var span in spans)
        {
            // Passages that overlap once they are mapped back to the text as it was written go as one: no tail of the second may stay.
            if (span.Start >= at) output.Append(text, at, span.Start - at).Append(span.Replacement);
            at = Math.Max(at, span.End);
        }

        return output.Append(text, at, text.Length - at).ToString();
    }

    private static bool IsSuspect(NoteText note)
    {
        try
        {
            return InjectionPatterns.IsSuspect(note);
        }
        catch (RegexMatchTimeoutException)
        {
            // A text made to exhaust the pattern is suspect by that.
            return true;
        }
    }
}
