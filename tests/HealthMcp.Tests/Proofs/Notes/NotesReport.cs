using System.Globalization;
using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Proofs.Notes;

/// <summary>
/// How much of what somebody marked in a set of notes the scrubber takes, and what else it takes with it. A mark counts only where every letter
/// and digit of it went. Sets leave identifiers unmarked (dates most of all): what is lost outside the marks is therefore split into what
/// identifies all the same and the rest, and even the rest is an upper limit. Such a set measures recall, not precision.
/// </summary>
internal sealed class NotesReport
{
    // Pieces that are printed of what went without need.
    private const int Shown = 200;
    private const int Context = 16;
    private static readonly Scrubber Scrubber = new();
    private readonly SortedDictionary<string, (int Found, int All)> _marks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _identifies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _rest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _pieces = new(StringComparer.Ordinal);
    private readonly List<string> _missed = [];
    private readonly Unmarked _unmarked;

    public NotesReport(IReadOnlyList<AnnotatedNote> notes)
    {
        _unmarked = new Unmarked(notes.SelectMany(note => note.Marks.Where(mark => mark.Type.Contains("NAME", StringComparison.Ordinal))
            .SelectMany(mark => WordsOf(note.Text, mark.Start, mark.End).Select(word => note.Text[word.Start..word.End].ToUpperInvariant())))
            .Where(word => word.Length > 1 && word.All(char.IsLetter)).ToHashSet(StringComparer.Ordinal));
        foreach (var note in notes) Check(note);
    }

    /// <summary>Letters and digits that nobody marked.</summary>
    public int Others { get; private set; }

    /// <summary>Those of them that went and identify nobody as far as their form tells.</summary>
    public int Rest => _rest.Values.Sum();

    /// <summary>All of them that went.</summary>
    public int Lost => Rest + _identifies.Values.Sum();

    public (int Found, int All) Recall(string type) => _marks.GetValueOrDefault(type);

    public void Print(TextWriter output, bool pieces)
    {
        foreach (var (type, (found, all)) in _marks) Line(output, $"{type,-32} {found,6} of {all,6} {Percent(found, all),8} %");
        Line(output, $"letters and digits that nobody marked: {Others}, of which went {Lost} ({Percent(Lost, Others)} %)");
        foreach (var (why, count) in _identifies) Line(output, $"  {count,7} {Percent(count, Others),6} % {why}");
        Line(output, $"  {Rest,7} {Percent(Rest, Others),6} % the rest: {string.Join(", ", _rest.Select(kind => $"{kind.Key} {kind.Value}"))}");
        if (!pieces) return;
        foreach (var (piece, count) in _pieces.OrderByDescending(piece => piece.Value).Take(Shown)) Line(output, $"  {count,7} {piece}");
        output.WriteLine("marked and not gone, or not all of it:");
        foreach (var missed in _missed.CountBy(missed => missed).OrderByDescending(missed => missed.Value)) Line(output, $"  {missed.Value,7} {missed.Key}");
    }

    private void Check(AnnotatedNote note)
    {
        var spans = Scrubber.Spans(note.Text, PrivacyLevel.Deidentified, new RecordDictionary(), Redaction.Today);
        var (marked, taken) = (note.Marked(), new bool[note.Text.Length]);
        foreach (var span in spans) Array.Fill(taken, true, span.Start, span.End - span.Start);
        foreach (var mark in note.Marks)
        {
            var (found, all) = _marks.GetValueOrDefault(mark.Type);
            var whole = Enumerable.Range(mark.Start, mark.End - mark.Start).All(at => taken[at] || !char.IsLetterOrDigit(note.Text[at]));
            _marks[mark.Type] = (whole ? found + 1 : found, all + 1);
            if (!whole) _missed.Add($"{mark.Type}: {Piece(note.Text, mark.Start, mark.End)}");
        }

        Others += Enumerable.Range(0, note.Text.Length).Count(at => !marked[at] && char.IsLetterOrDigit(note.Text[at]));
        foreach (var span in spans) Split(note.Text, span, marked);
    }

    private void Split(string text, ScrubSpan span, bool[] marked)
    {
        foreach (var (start, end) in WordsOf(text, span.Start, span.End))
        {
            var count = Enumerable.Range(start, end - start).Count(at => !marked[at]);
            if (count == 0) continue;
            if (_unmarked.Why(text, span.Start, span.End, text[start..end]) is { } why)
            {
                _identifies[why] = _identifies.GetValueOrDefault(why) + count;
                continue;
            }

            _rest[span.Kind] = _rest.GetValueOrDefault(span.Kind) + count;
            var piece = $"{span.Kind}: {Piece(text, span.Start, span.End)}";
            _pieces[piece] = _pieces.GetValueOrDefault(piece) + count;
        }
    }

    private static string Piece(string text, int start, int end) =>
        $"{text[Math.Max(0, start - Context)..start]}»{text[start..end]}«{text[end..Math.Min(text.Length, end + Context)]}".ReplaceLineEndings("\\n");

    /// <summary>Runs of letters and digits between two places.</summary>
    private static IEnumerable<(int Start, int End)> WordsOf(string text, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (!char.IsLetterOrDigit(text[at])) continue;
            var start = at;
            while (at < to && char.IsLetterOrDigit(text[at])) at++;
            yield return (start, at);
        }
    }

    private static string Percent(int part, int all) => (100.0 * part / Math.Max(1, all)).ToString("0.00", CultureInfo.InvariantCulture);

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(FormattableString.Invariant(line));
}
