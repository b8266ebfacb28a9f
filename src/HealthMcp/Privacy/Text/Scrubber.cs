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

    private readonly TextRule[] _early = [.. rules.Where(rule => !rule.NeedsRecord)];
    private readonly TextRule[] _late = [.. rules.Where(rule => rule.NeedsRecord)];

    public Scrubber() : this(TextRules.All)
    {
    }

    public Scrubber(Lexicon lexicon) : this(TextRules.All, lexicon)
    {
    }

    public Scrubber(IReadOnlyList<TextRule> rules) : this(rules, Lexicon.Default)
    {
    }

    private const char Override = '\u202E';

    /// <summary>Scrubs a text for a call and counts what went; the same string when nothing did.</summary>
    public string Scrub(string text, RedactionSession session)
    {
        var result = Read(text, session);
        session.Count(result);
        return result.Text;
    }

    /// <summary>What becomes of a text, and what there is to count.</summary>
    public ScrubResult Read(string text, RedactionSession session) => Finish(Begin(text, session), session);

    /// <summary>Reads a text for what it tells by itself. Takes from the session only what never changes, so any thread may do it meanwhile.</summary>
    public TextReading Begin(string text, RedactionSession session)
    {
        var normal = TextNormaliser.Normalise(text);
        try
        {
            var note = new NoteText(normal.Text, session.Known, session.Today, lexicon);
            var found = new List<Found>();
            if (session.Level != PrivacyLevel.Identified) Find(_early, note, found);
            return new TextReading(text, normal, note, found, IsSuspect(note));
        }
        catch (RegexMatchTimeoutException)
        {
            return new TextReading(text, normal, null, [], false);
        }
    }

    /// <summary>Looks for what the record says, now that all of it was learned.</summary>
    public ScrubResult Finish(TextReading reading, RedactionSession session)
    {
        var (text, injections) = (reading.Text, reading.IsSuspect ? 1 : 0);
        if (reading.Note is null) return new ScrubResult(Unread, [new CountedKind("text", Shown: false, 1)], 0);
        if (session.Level == PrivacyLevel.Identified) return new ScrubResult(text, [new CountedKind("text", Shown: true, 1)], injections);
        try
        {
            var spans = Spans(reading, session.Level);
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
        var reading = new TextReading(text, normal, new NoteText(normal.Text, known, today, lexicon), [], false);
        Find(_early, reading.Note!, reading.Found);
        return Spans(reading, level);
    }

    private List<ScrubSpan> Spans(TextReading reading, PrivacyLevel level)
    {
        var found = new List<Found>();
        Find(_late, reading.Note!, found);
        found.AddRange(reading.Found);

        // A limited data set may say where someone was treated and not where someone works; text does not tell which it is.
        if (level == PrivacyLevel.Limited) found.RemoveAll(hit => hit.Kind is "date" or "age" or "city" or "zip");
        var spans = Merge(reading.Normal, found);
        return AddEncoded(reading.Text, reading.Note!, level, spans) ? Joined(spans) : spans;
    }

    private static void Find(TextRule[] rules, NoteText note, List<Found> found)
    {
        foreach (var rule in rules) rule.Find(note, found);
    }

    /// <summary>
    /// A word in base64 or hexadecimal that is text goes as a whole. It is read as it was written: what takes off other disguises
    /// would take it for one.
    /// </summary>
    private bool AddEncoded(string original, NoteText note, PrivacyLevel level, List<ScrubSpan> spans)
    {
        var before = spans.Count;
        for (var word = EncodedWords.Next(original, 0); word.End > 0; word = EncodedWords.Next(original, word.End))
        {
            if (EncodedWords.Decode(original.AsSpan(word.Start, word.End - word.Start)) is not { } plain) continue;
            if (level == PrivacyLevel.Deidentified || Identifies(plain, note)) spans.Add(new ScrubSpan("encoded", word.Start, word.End, "[encoded]"));
        }

        for (var at = original.IndexOf(Override, 0); at >= 0; at = original.IndexOf(Override, EndOfOverride(original, at)))
            spans.Add(new ScrubSpan("encoded", at, EndOfOverride(original, at), "[encoded]"));
        return spans.Count > before;
    }

    /// <summary>A text that is shown from right to left against its letters is written to be read by no program: no chart has one.</summary>
    private static int EndOfOverride(string text, int at)
    {
        var end = text.AsSpan(at + 1).IndexOfAny('\u202C', '\n');
        return end < 0 ? text.Length : at + 2 + end;
    }

    /// <summary>In order, and what overlaps as one.</summary>
    private static List<ScrubSpan> Joined(List<ScrubSpan> spans)
    {
        spans.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var joined = new List<ScrubSpan>(spans.Count);
        foreach (var span in spans)
        {
            if (joined.Count == 0 || joined[^1].End <= span.Start) joined.Add(span);
            else if (span.End > joined[^1].End) joined[^1] = joined[^1] with { End = span.End, Replacement = $"[{joined[^1].Kind}]" };
        }

        return joined;
    }

    private bool Identifies(string plain, NoteText around)
    {
        var (inside, found) = (new NoteText(TextNormaliser.Normalise(plain).Text, around.Known, around.Today, lexicon), new List<Found>());
        Find(_late, inside, found);
        Find(_early, inside, found);
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
                if (found[i].End > end) exact = null;
                else if (exact is null && found[i] is { Kind: "date", Replacement: { } year } && found[i].Start == first.Start && found[i].End == end
                    && first.Kind == "date") exact = year;
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
