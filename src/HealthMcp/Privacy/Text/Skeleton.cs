namespace HealthMcp.Privacy;

/// <summary>A word without what scanners confuse: 0 and O, 1 and I and l, 5 and S, 8 and B, rn and m, vv and w. Upper case.</summary>
internal static class Skeleton
{
    public const int Longest = 64;

    /// <returns>How many characters of <paramref name="output"/> it takes, which must be as long as the word.</returns>
    public static int Of(ReadOnlySpan<char> word, Span<char> output)
    {
        var length = 0;
        for (var at = 0; at < word.Length; at++)
        {
            var letter = char.ToUpperInvariant(word[at]);
            var next = at + 1 < word.Length ? char.ToUpperInvariant(word[at + 1]) : '\0';
            if ((letter, next) is ('R', 'N') or ('V', 'V'))
            {
                at++;
                letter = letter == 'R' ? 'M' : 'W';
            }

            output[length++] = letter switch { '0' => 'O', '1' or 'I' => 'L', '5' => 'S', '8' => 'B', _ => letter };
        }

        return length;
    }

    public static string Of(string word)
    {
        Span<char> output = stackalloc char[Longest];
        return word.Length > Longest ? word : output[..Of(word, output)].ToString();
    }
}
