namespace HealthMcp.Privacy;

/// <summary>
/// Numbers of the record, looked for as what is left without punctuation: "(617) 555-0188" is "617.555 0188", "+1 6175550188" and, spoken, "six
/// one seven …". And their last four digits where a text says that it gives those.
/// </summary>
internal sealed class KnownRuns
{
    private const int Shortest = 5;
    private readonly Dictionary<char, List<(string Run, string Kind)>> _runs = [];
    private readonly HashSet<string> _lastFour = new(StringComparer.Ordinal);

    public void Add(string run, string kind)
    {
        if (run.Length < Shortest) return;
        if (!_runs.TryGetValue(run[0], out var list)) _runs.Add(run[0], list = []);
        if (!list.Exists(known => known.Run == run)) list.Add((run, kind));
        if (run.Length >= 7 && run.AsSpan(run.Length - 4).ContainsAnyExceptInRange('0', '9') is false) _lastFour.Add(run[^4..]);
    }

    /// <summary>How many tokens from this one on are a number of the record.</summary>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at, ref string kind)
    {
        var word = text[tokens[at].Start..tokens[at].End];
        var digit = tokens[at].Case == TokenCase.Number ? '\0' : SpokenDigit(word);
        if (digit == '\0' && tokens[at].Case != TokenCase.Number && tokens[at].Length > 4) return 0;
        var best = 0;
        if (_runs.TryGetValue(digit == '\0' ? char.ToUpperInvariant(word[0]) : digit, out var runs))
        {
            foreach (var (run, what) in runs)
            {
                var count = Length(text, tokens, at, run);
                if (count > best) (best, kind) = (count, what);
            }
        }

        if (best == 0 && IsLastFour(text, tokens, at)) (best, kind) = (1, "number");
        return best;
    }

    private static int Length(ReadOnlySpan<char> text, List<TextToken> tokens, int at, string run)
    {
        var done = 0;
        for (var i = at; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var word = text[token.Start..token.End];
            if (i > at && token.Start - tokens[i - 1].End > 3) return 0;
            var digit = token.Case == TokenCase.Number ? '\0' : SpokenDigit(word);
            if (digit != '\0' && run[done] == digit) done++;
            else if (word.Length <= run.Length - done && run.AsSpan(done, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase)) done += word.Length;
            else return 0;
            if (done == run.Length) return i - at + 1;
        }

        return 0;
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
