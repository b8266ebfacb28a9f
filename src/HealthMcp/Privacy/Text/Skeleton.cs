namespace HealthMcp.Privacy;

/// <summary>A word without what scanners confuse: 0 and O, 1 and I and l, 5 and S, 8 and B, rn and m, vv and w. Upper case.</summary>
internal static class Skeleton
{
    public const int Longest = 64;

    private static readonly byte[] Plain = [.. Enumerable.Range(0, 128).Select(c => (byte)Confused(char.ToUpperInvariant((char)c)))];

    /// <returns>How many characters of <paramref name="output"/> it takes, which must be as long as the word.</returns>
    public static int Of(ReadOnlySpan<char> word, Span<char> output)
    {
        var length = 0;
        for (var at = 0; at < word.Length; at++)
        {
            var letter = Of(word[at]);
            if (letter is 'R' or 'V' && IsPair(letter, word, at))
            {
                at++;
                letter = letter == 'R' ? 'M' : 'W';
            }

            output[length++] = letter;
        }

        return length;
    }

    /// <summary>The first two characters of what is left; the second is zero where there is only one.</summary>
    public static (char First, char Second) BeginningOf(ReadOnlySpan<char> word)
    {
        Span<char> output = stackalloc char[4];
        return Of(word.Length > 4 ? word[..4] : word, output) > 1 ? (output[0], output[1]) : (output[0], '\0');
    }

    private static char Of(char letter) => letter < Plain.Length ? (char)Plain[letter] : Confused(char.ToUpperInvariant(letter));

    private static bool IsPair(char letter, ReadOnlySpan<char> word, int at) => at + 1 < word.Length && Of(word[at + 1]) == (letter == 'R' ? 'N' : 'V');

    private static char Confused(char letter) => letter switch { '0' => 'O', '1' or 'I' => 'L', '5' => 'S', '8' => 'B', _ => letter };
}
