using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>A run of letters and digits.</summary>
/// <param name="Start">Where it starts in the normalised text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Case">How it is written.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextToken(int Start, int End, TokenCase Case)
{
    public int Length => End - Start;

    public bool IsCapital => Case is TokenCase.Title or TokenCase.Upper;

    /// <summary>Splits a text at everything that is neither letter nor digit; an apostrophe ends a word (O'Brien is two).</summary>
    public static List<TextToken> Split(string text)
    {
        var tokens = new List<TextToken>(text.Length / 6);
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            tokens.Add(new TextToken(start, at, CaseOf(text.AsSpan(start, at - start))));
        }

        return tokens;
    }

    private static TokenCase CaseOf(ReadOnlySpan<char> word)
    {
        var upper = 0;
        foreach (var c in word)
        {
            if (char.IsAsciiDigit(c)) return TokenCase.Number;
            if (char.IsUpper(c)) upper++;
        }

        if (upper == 0) return TokenCase.Lower;
        return upper == word.Length && word.Length > 1 ? TokenCase.Upper : char.IsUpper(word[0]) ? TokenCase.Title : TokenCase.Lower;
    }
}

/// <summary>How a word is written: number means that it has a digit.</summary>
internal enum TokenCase
{
    Lower,
    Title,
    Upper,
    Number,
}
