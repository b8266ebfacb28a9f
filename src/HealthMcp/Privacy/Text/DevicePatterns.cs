using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(L) Vehicles and (M) devices by the standards of their numbers: VIN (ISO 3779) and UDI (GS1, HIBCC).</summary>
internal static partial class DevicePatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // What each letter of a VIN counts, A to Z; I, O and Q are not used.
    private const string LetterValues = "12345678.12345.7.923456789";
    private static ReadOnlySpan<int> Weights => [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

    public static void Vins(NoteText note, List<Found> found)
    {
        foreach (var token in note.Words.Tokens)
            if (token is { Length: 17, Case: TokenCase.Number } && IsVin(note.Text.AsSpan(token.Start, token.Length))) found.Add(new Found("number", token.Start, token.End, null));
    }

    /// <summary>Every unique device identifier starts with the mark of its issuer, and all of it goes: serial, lot and dates are in it.</summary>
    public static void Udis(NoteText note, List<Found> found)
    {
        var next = 0;
        for (var at = note.Text.IndexOf("(01)", StringComparison.Ordinal); at >= 0; at = note.Text.IndexOf("(01)", at + 1, StringComparison.Ordinal))
            note.Take(Gs1(), at, "number", ref next, found);
    }

    /// <summary>The ninth character is the check digit of the rest, X for ten.</summary>
    private static bool IsVin(ReadOnlySpan<char> word)
    {
        var sum = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = char.ToUpperInvariant(word[i]);
            var value = char.IsAsciiDigit(c) ? c : char.IsAsciiLetterUpper(c) ? LetterValues[c - 'A'] : '.';
            if (value == '.') return false;
            sum += (value - '0') * Weights[i];
        }

        var check = "0123456789X"[sum % 11];
        return char.ToUpperInvariant(word[8]) == check;
    }

    [GeneratedRegex(@"\G\(01\)\s?\d{14}(\s?\(\d{2,3}\)\s?[A-Za-z0-9./_-]{1,20}){0,6}", Options, PatternLimit.Milliseconds)]
    private static partial Regex Gs1();
}
