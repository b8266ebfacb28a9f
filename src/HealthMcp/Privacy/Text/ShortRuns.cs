namespace HealthMcp.Privacy;

/// <summary>
/// Numbers of the record that have three characters: "A17", "X-77". With a letter among them they count wherever they stand by themselves;
/// three digits are a result as often as a number, and count after a word that announces one.
/// </summary>
internal sealed class ShortRuns
{
    public const int Length = 3;

    private const SignKinds Labels = SignKinds.Number | SignKinds.Mark;
    private readonly HashSet<uint> _runs = [];

    /// <param name="run">Letters, in upper case, and digits.</param>
    public void Add(ReadOnlySpan<char> run) => _runs.Add(Key(run));

    /// <summary>How many tokens from this one on are such a number.</summary>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at)
    {
        if (_runs.Count == 0 || tokens[at].Length > Length || IsTied(text, tokens, at, -1)) return 0;
        Span<char> run = stackalloc char[Length];
        var length = 0;
        for (var i = at; i < tokens.Count && length + tokens[i].Length <= Length; i++)
        {
            if (i > at && !IsTied(text, tokens, i, -1)) return 0;
            length += text[tokens[i].Start..tokens[i].End].ToUpperInvariant(run[length..]);
            if (length < Length) continue;
            var counts = _runs.Contains(Key(run)) && !IsTied(text, tokens, i, 1)
                && (run.ContainsAnyExceptInRange('0', '9') || (at > 0 && IsLabel(text, tokens[at - 1], tokens[at].Start)));
            return counts ? i - at + 1 : 0;
        }

        return 0;
    }

    private static bool IsLabel(ReadOnlySpan<char> text, TextToken before, int start) =>
        start - before.End <= 3 && (SignWords.Of(text[before.Start..before.End]) & Labels) != SignKinds.None;

    /// <summary>A hyphen, and nothing else, between this token and the one beside it.</summary>
    private static bool IsTied(ReadOnlySpan<char> text, List<TextToken> tokens, int at, int step)
    {
        var (first, second) = step < 0 ? (at - 1, at) : (at, at + 1);
        return first >= 0 && second < tokens.Count && tokens[second].Start - tokens[first].End == 1 && text[tokens[first].End] == '-';
    }

    private static uint Key(ReadOnlySpan<char> run) => (uint)(((run[0] & 1023) << 20) | ((run[1] & 1023) << 10) | (run[2] & 1023));
}
