using System.Text;
using System.Text.RegularExpressions;
using HealthMcp.Access;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Shows a text while it is being written, as far as it is safe. What was written is always read as a whole, and shown only up to the sentence before the
/// last: so a name that comes in two pieces is whole when it is looked for, and the words around it have come too. What is never shown here, because
/// the text ended or grew too long, comes with the answer, which is redacted by itself.
/// </summary>
/// <param name="scrubber">Finds what identifies.</param>
/// <param name="session">Level and known values of the call.</param>
/// <param name="show">Takes what may be shown.</param>
internal sealed class StreamedText(Scrubber scrubber, RedactionSession session, Action<string> show)
{
    /// <summary>Characters of a text that is shown so. Each sentence is read with all before it, which longer ones would make slow.</summary>
    private const int Most = 64 * 1024;

    /// <summary>An abbreviation before a name (Mr., Prof.) ends no sentence: letters of a word that does.</summary>
    private const int ShortestLastWord = 5;

    private readonly StringBuilder _text = new();
    private int _shown;
    private bool _ended;

    /// <summary>What was shown and withheld so far, by kind; of a call that ends without an answer this is all there is to record.</summary>
    public IReadOnlyDictionary<string, int> Shown => session.Shown;

    public IReadOnlyDictionary<string, int> Withheld => session.Withheld;

    public void Add(string piece)
    {
        if (_ended) return;
        _text.Append(piece);
        _ended = _text.Length > Most;
        if (_ended || !piece.AsSpan().ContainsAny(".!?\n ")) return;
        var text = _text.ToString();
        if (SafeEnd(text) is var end && end > _shown) ShowUpTo(end, text);
    }

    private void ShowUpTo(int end, string text)
    {
        List<ScrubSpan> spans;
        try
        {
            spans = scrubber.Spans(text, session.Level, session.Known, session.Today);
        }
        catch (RegexMatchTimeoutException)
        {
            _ended = true;
            return;
        }

        // What identifies across the end waits for the rest of it.
        foreach (var span in spans.Where(span => span.Start < end && span.End > end)) end = Math.Min(end, span.Start);
        if (end <= _shown) return;
        var part = spans.Where(span => span.End > _shown && span.Start < end)
            .Select(span => span with { Start = Math.Max(span.Start, _shown) - _shown, End = span.End - _shown }).ToList();
        var said = KeyMask.Apply(Scrubber.Replace(text[_shown..end], part));
        _shown = end;
        foreach (var span in part) session.CountWithheld("text-" + span.Kind);
        if (session.Level == PrivacyLevel.Identified) session.CountShown("text");
        show(said);
    }

    // The end of the sentence before the last one that is complete.
    private static int SafeEnd(string text)
    {
        var (before, last) = (0, 0);
        for (var at = 1; at < text.Length; at++)
        {
            if (!char.IsWhiteSpace(text[at]) || !EndsSentence(text, at)) continue;
            (before, last) = (last, at + 1);
        }

        return before;
    }

    private static bool EndsSentence(string text, int space)
    {
        if (text[space] == '\n') return true;
        if (text[space - 1] is '!' or '?') return true;
        if (text[space - 1] != '.') return false;
        var start = space - 1;
        while (start > 0 && char.IsLetterOrDigit(text[start - 1])) start--;
        return space - 1 - start >= ShortestLastWord;
    }
}
