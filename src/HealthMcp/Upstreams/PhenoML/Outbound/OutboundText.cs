using System.Runtime.InteropServices;

namespace HealthMcp.Upstreams.PhenoML.Outbound;

/// <summary>A passage of a text that is replaced before the text is sent.</summary>
/// <param name="Start">In UTF-16 code units of the text as the caller gave it.</param>
/// <param name="End">Exclusive.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Passage(int Start, int End, string Replacement);

/// <summary>Where a span of the text as sent lies in the text as given.</summary>
/// <param name="IsExact">No passage that was replaced lies in it, so both hold the same words.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GivenSpan(int Start, int End, bool IsExact);

/// <summary>A text as the caller gave it and as it is sent, with the way back for offsets. All in UTF-16 code units.</summary>
internal sealed class OutboundText
{
    // Pieces in order, without gaps on either side. A piece that was kept has the same length on both.
    private readonly List<(int Sent, int Given, int SentLength, int GivenLength, bool Kept)> _pieces = [];

    /// <param name="given">As the caller gave it.</param>
    /// <param name="passages">In order; those that overlap go as one.</param>
    public OutboundText(string given, IEnumerable<Passage> passages)
    {
        Given = given;
        var sent = new System.Text.StringBuilder(given.Length);
        var at = 0;
        foreach (var passage in passages)
        {
            if (passage.End <= at) continue;
            if (passage.Start >= at)
            {
                Keep(sent, at, passage.Start - at);
                Add(sent.Length, passage.Start, passage.Replacement.Length, passage.End - passage.Start, kept: false);
                sent.Append(passage.Replacement);
                Replaced++;
            }
            else
            {
                // The tail of an overlap goes without a mark of its own.
                Add(sent.Length, at, 0, passage.End - at, kept: false);
            }

            at = passage.End;
        }

        Keep(sent, at, given.Length - at);
        Sent = sent.ToString();
    }

    public string Given { get; }

    public string Sent { get; }

    /// <summary>How many passages were replaced.</summary>
    public int Replaced { get; }

    /// <summary>The span of the given text that a span of the sent text stands for; a replaced passage counts whole.</summary>
    public GivenSpan Back(int start, int end)
    {
        if (start < 0 || end < start || end > Sent.Length) throw new ArgumentOutOfRangeException(nameof(start));
        if (start == end) return new GivenSpan(Edge(start), Edge(start), false);
        var touched = _pieces.Where(piece => piece.Sent < end && piece.Sent + piece.SentLength > start).ToList();
        var (first, last) = (touched[0], touched[^1]);
        var from = first.Kept ? first.Given + start - first.Sent : first.Given;
        var to = last.Kept ? last.Given + end - last.Sent : last.Given + last.GivenLength;

        // One kept piece, or nothing was cut out between two: a passage replaced by nothing has no length here, but it has there.
        return new GivenSpan(from, to, touched.TrueForAll(piece => piece.Kept) && to - from == end - start);
    }

    private int Edge(int at) => _pieces.Where(piece => piece.Sent <= at).Select(piece => piece.Kept ? piece.Given + at - piece.Sent : piece.Given)
        .DefaultIfEmpty(0).Last();

    private void Keep(System.Text.StringBuilder sent, int from, int length)
    {
        if (length == 0) return;
        Add(sent.Length, from, length, length, kept: true);
        sent.Append(Given, from, length);
    }

    private void Add(int sent, int given, int sentLength, int givenLength, bool kept) => _pieces.Add((sent, given, sentLength, givenLength, kept));

    /// <summary>Without the text: a log would print it.</summary>
    public override string ToString() => nameof(OutboundText);
}
