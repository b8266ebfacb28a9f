namespace HealthMcp.Privacy;

/// <summary>
/// Numbers of the record, looked for as what is left without punctuation: "(617) 555-0188" is "617.555 0188", "+1 6175550188" and, spoken, "six
/// one seven …". And their last four digits where a text says that it gives those.
/// </summary>
internal sealed class KnownRuns
{
    private const int Opening = 4;

    private readonly Dictionary<string, string> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _openings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lastFour = new(StringComparer.Ordinal);
    private UInt128 _first;
    private int _longest;

    /// <param name="run">Letters and digits only, in upper case.</param>
    public void Add(ReadOnlySpan<char> run, string kind)
    {
        if (run.Length < Opening || !_runs.GetAlternateLookup<ReadOnlySpan<char>>().TryAdd(run, kind)) return;
        _openings.GetAlternateLookup<ReadOnlySpan<char>>().Add(run[..Opening]);
        _first |= Bit(run[0]);
        _longest = Math.Max(_longest, run.Length);
        if (run.Length >= 7 && !run[^4..].ContainsAnyExceptInRange('0', '9')) _lastFour.GetAlternateLookup<ReadOnlySpan<char>>().Add(run[^4..]);
    }

    private static UInt128 Bit(char c) => c < 128 ? UInt128.One << c : UInt128.One;

    /// <summary>How many tokens from this one on are a number of the record.</summary>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at, ref string kind)
    {
        if (_longest == 0) return 0;
        var word = text[tokens[at].Start..tokens[at].End];
        var digit = tokens[at].Case == TokenCase.Number ? '\0' : SpokenDigit(word);
        if (digit == '\0' && tokens[at].Case != TokenCase.Number && tokens[at].Length > Opening) return 0;
        var best = (_first & Bit(digit == '\0' ? char.ToUpperInvariant(word[0]) : digit)) != 0 ? Length(text, tokens, at, ref kind) : 0;
        if (best == 0 && IsLastFour(text, tokens, at)) (best, kind) = (1, "number");
        return best;
    }

    /// <summary>The longest number that the words from here on make when they are joined.</summary>
    private int Length(ReadOnlySpan<char> text, List<TextToken> tokens, int at, ref string kind)
    {
        Span<char> joined = stackalloc char[256];
        var (length, best) = (0, 0);
        var (runs, openings) = (_runs.GetAlternateLookup<ReadOnlySpan<char>>(), _openings.GetAlternateLookup<ReadOnlySpan<char>>());
        for (var i = at; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if ((i > at && token.Start - tokens[i - 1].End > 3) || length + token.Length > joined.Length) break;
            var word = text[token.Start..token.End];
            var digit = token.Case == TokenCase.Number ? '\0' : SpokenDigit(word);
            var before = length;
            if (digit != '\0') joined[length++] = digit;
            else length += word.ToUpperInvariant(joined[length..]);
            if (length > _longest || (length >= Opening && before < Opening && !openings.Contains(joined[..Opening]))) break;
            if (length >= (i == at ? Opening : Opening + 1) && runs.TryGetValue(joined[..length], out var what)) (best, kind) = (i - at + 1, what);
        }

        return best;
    }

    private static char SpokenDigit(ReadOnlySpan<char> word) => word.Length is < 2 or > 5 ? '\0' : word switch
    {
        "zero" or "oh" or "Zero" => '0',
        "one" or "One" => '1',
        "two" or "Two" => '2',
        "three" or "Three" => '3',
        "four" or "Four" => '4',
        "five" or "Five" => '5',
        "six" or "Six" => '6',
        "seven" or "Seven" => '7',
        "eight" or "Eight" => '8',
        "nine" or "Nine" => '9',
        _ => '\0',
    };

    /// <summary>"ending in 1234", "last 4: 1234", "xxx-xx-1234".</summary>
    private bool IsLastFour(ReadOnlySpan<char> text, List<TextToken> tokens, int at)
    {
        if (_lastFour.Count == 0 || tokens[at].Case != TokenCase.Number) return false;
        var (start, end) = (tokens[at].Start, tokens[at].End);
        while (end - start > 4 && text[start] is 'x' or 'X') start++;
        if (end - start != 4 || !_lastFour.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[start..end])) return false;
        if (start > tokens[at].Start || (start > 1 && text[(start - 2)..start].ContainsAny("*xX#\u2022"))) return true;
        for (var before = at - 1; before >= 0 && at - before <= 4 && start - tokens[before].End < 24; before--)
            if (Announces(text[tokens[before].Start..tokens[before].End])) return true;
        return false;
    }

    private static bool Announces(ReadOnlySpan<char> word) => word is "ending" or "ends" or "last" or "Last" or "final" or "end" or "Ending" or "LAST"
        or "xx" or "XX" or "xxx" or "XXX";
}
