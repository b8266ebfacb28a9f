using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>
/// Numbers of the record, looked for as what is left without punctuation: "(617) 555-0188" is "617.555 0188", "+1 6175550188" and, spoken, "six
/// one seven …". And their last four digits where a text says that it gives those.
/// </summary>
internal sealed class KnownRuns
{
    private const int Shortest = 4;
    private const int Longest = 256;
    private const int HeadBits = 1 << 17;

    // How runs begin, so that nearly every word of a text is passed over without being put together with the next.
    private ulong[] _heads = [];
    private readonly PairSet _pairs = new();
    private readonly Dictionary<ulong, string> _runs = [];
    private readonly HashSet<uint> _lastFour = [];

    // How long runs are: what has another length is not looked up, and what is longer than all of them not put together.
    private readonly ulong[] _lengths = new ulong[(Longest / 64) + 1];
    private int _longest;
    private readonly ShortRuns _short = new();

    /// <summary>Keeps no more of it than its hash: two runs that share one would take a text too much once in a lifetime, and never too little.</summary>
    /// <param name="run">Letters, in upper case, and digits.</param>
    /// <param name="kind">What it is.</param>
    public void Add(ReadOnlySpan<char> run, string kind)
    {
        if (run.Length == ShortRuns.Length) _short.Add(run);
        if (run.Length is < Shortest or > Longest || !_runs.TryAdd(Hash(run), kind)) return;
        _lengths[run.Length >> 6] |= 1UL << run.Length;
        _longest = Math.Max(_longest, run.Length);
        if (_heads.Length == 0) _heads = new ulong[HeadBits / 64];
        var head = Head(run);
        _heads[head >> 6] |= 1UL << head;
        _pairs.Add(run[0], run[1]);
        if (run.Length >= 7 && !run[^4..].ContainsAnyExceptInRange('0', '9')) _lastFour.Add(Four(run[^4..]));
    }

    /// <summary>How many tokens from this one on are a number of the record.</summary>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at, ref string kind)
    {
        if (_short.Match(text, tokens, at) is > 0 and var few)
        {
            kind = "number";
            return few;
        }

        if (_runs.Count == 0) return 0;
        if (!MayBegin(text[tokens[at].Start..tokens[at].End], tokens[at].Case)) return 0;
        var best = LongestRun(text, tokens, at, ref kind);
        if (best == 0 && IsLastFour(text, tokens, at)) (best, kind) = (1, "number");
        return best;
    }

    private bool MayBegin(ReadOnlySpan<char> word, TokenCase how)
    {
        if (word.Length > 1 && word.Length <= 4 && _pairs.Contains(char.ToUpperInvariant(word[0]), char.ToUpperInvariant(word[1]))) return true;
        return how == TokenCase.Number || word.Length == 1 || SpokenDigit(word).Length > 0;
    }

    private int LongestRun(ReadOnlySpan<char> text, List<TextToken> tokens, int at, ref string kind)
    {
        Span<char> run = stackalloc char[_longest];
        var (length, best) = (0, 0);
        for (var i = at; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (i > at && token.Start - tokens[i - 1].End > 3) break;
            var word = text[token.Start..token.End];
            if (token.Case != TokenCase.Number && SpokenDigit(word) is { Length: > 0 } digit) word = digit;
            if (length + word.Length > _longest || word.ToUpperInvariant(run[length..]) < 0) break;
            length += word.Length;
            if (length >= 2 && i == at && !_pairs.Contains(run[0], run[1])) break;
            if (length < Shortest) continue;
            var head = Head(run);
            if ((_heads[head >> 6] & (1UL << head)) == 0) break;
            if ((length == Shortest && i > at) || (_lengths[length >> 6] & (1UL << length)) == 0) continue;
            if (_runs.TryGetValue(Hash(run[..length]), out var found)) (best, kind) = (i - at + 1, found);
        }

        return best;
    }

    private static int Head(ReadOnlySpan<char> run) => (int)(SeededHash.Of(MemoryMarshal.AsBytes(run[..Shortest])) % HeadBits);

    private static uint Four(ReadOnlySpan<char> digits) => (uint)(((digits[0] * 128 + digits[1]) * 128 + digits[2]) * 128 + digits[3]);

    private static ulong Hash(ReadOnlySpan<char> run) => SeededHash.Of(MemoryMarshal.AsBytes(run));

    private static string SpokenDigit(ReadOnlySpan<char> word) => word.Length is < 2 or > 5 ? "" : word switch
    {
        "zero" or "oh" or "Zero" => "0",
        "one" or "One" => "1",
        "two" or "Two" => "2",
        "three" or "Three" => "3",
        "four" or "Four" => "4",
        "five" or "Five" => "5",
        "six" or "Six" => "6",
        "seven" or "Seven" => "7",
        "eight" or "Eight" => "8",
        "nine" or "Nine" => "9",
        _ => "",
    };

    /// <summary>"ending in 1234", "last 4: 1234", "xxx-xx-1234".</summary>
    private bool IsLastFour(ReadOnlySpan<char> text, List<TextToken> tokens, int at)
    {
        if (_lastFour.Count == 0 || tokens[at].Case != TokenCase.Number) return false;
        var (start, end) = (tokens[at].Start, tokens[at].End);
        while (end - start > 4 && text[start] is 'x' or 'X') start++;
        if (end - start != 4 || !_lastFour.Contains(Four(text[start..end]))) return false;
        if (start > tokens[at].Start || (start > 1 && text[(start - 2)..start].ContainsAny("*xX#\u2022"))) return true;
        for (var before = at - 1; before >= 0 && at - before <= 4 && start - tokens[before].End < 24; before--)
            if (Announces(text[tokens[before].Start..tokens[before].End])) return true;
        return false;
    }

    private static bool Announces(ReadOnlySpan<char> word) => word is "ending" or "ends" or "last" or "Last" or "final" or "end" or "Ending" or "LAST"
        or "xx" or "XX" or "xxx" or "XXX";
}
