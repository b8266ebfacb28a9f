using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>
/// A text as the rules read it: normalised, cut once into words, runs of digits and words that announce something, so that a pattern
/// is only tried where it may match.
/// </summary>
internal sealed class NoteText
{
    private readonly List<DigitRun> _runs = [];
    private readonly List<Sign> _signs = [];
    private readonly SignKinds _any;

    public NoteText(string text, RecordDictionary known, DateOnly today, Lexicon lexicon)
    {
        (Text, Known, Today) = (text, known, today);
        Words = new Words(text, lexicon);
        var tokens = Words.Tokens;
        for (var at = 0; at < tokens.Count; at++)
        {
            var word = Words.Span(at);
            var kinds = tokens[at].Case == TokenCase.Number ? OfNumber(at, word) : SignWords.Of(word);
            if (kinds == SignKinds.None) continue;
            _signs.Add(new Sign(at, tokens[at].Start, tokens[at].End, kinds));
            _any |= kinds;
        }
    }

    public string Text { get; }

    public RecordDictionary Known { get; }

    public DateOnly Today { get; }

    public Words Words { get; }

    /// <summary>Every run of digits, in order.</summary>
    public List<DigitRun> Runs => _runs;

    /// <summary>Every word that announces something, in order.</summary>
    public List<Sign> Signs => _signs;

    public char CharAt(int at) => (uint)at < (uint)Text.Length ? Text[at] : '\0';

    public bool Has(SignKinds kinds) => (_any & kinds) != SignKinds.None;

    /// <summary>A sign of these kinds ends at most so many characters before a place.</summary>
    public bool HasBefore(SignKinds kinds, int place, int within)
    {
        if (!Has(kinds)) return false;
        for (var i = FirstSign(sign => sign.Start, place) - 1; i >= 0 && _signs[i].End >= place - within; i--)
            if ((_signs[i].Kinds & kinds) != SignKinds.None) return true;
        return false;
    }

    /// <summary>A sign of these kinds is among the words after a word.</summary>
    public bool HasAfter(SignKinds kinds, int token, int within)
    {
        if (!Has(kinds)) return false;
        for (var i = FirstSign(sign => sign.Token, token + 1); i < _signs.Count && _signs[i].Token <= token + within; i++)
            if ((_signs[i].Kinds & kinds) != SignKinds.None) return true;
        return false;
    }

    /// <summary>Adds what a pattern that starts with \G finds at a place, unless the place lies in what it found before.</summary>
    public bool Take(Regex pattern, int at, string kind, ref int next, List<Found> found)
    {
        var length = at < next ? 0 : Length(pattern, at);
        if (length == 0) return false;
        next = at + length;
        found.Add(new Found(kind, at, next, null));
        return true;
    }

    /// <summary>How much a pattern that starts with \G matches at a place; 0 when it does not.</summary>
    public int Length(Regex pattern, int at)
    {
        foreach (var match in pattern.EnumerateMatches(Text, at)) return match.Length;
        return 0;
    }

    /// <summary>The kinds of the letters that a word with digits starts with: Apt4.</summary>
    private SignKinds OfNumber(int at, ReadOnlySpan<char> word)
    {
        var start = Words[at].Start;
        for (var i = 0; i < word.Length;)
        {
            var from = i;
            while (i < word.Length && char.IsAsciiDigit(word[i])) i++;
            if (i > from) _runs.Add(new DigitRun(start + from, start + i, at));
            else i++;
        }

        var letters = word.IndexOfAnyInRange('0', '9');
        return letters is > 1 and < 10 ? SignWords.Of(word[..letters]) & SignKinds.Box : SignKinds.None;
    }

    private int FirstSign(Func<Sign, int> key, int from)
    {
        var (low, high) = (0, _signs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (key(_signs[middle]) < from) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
