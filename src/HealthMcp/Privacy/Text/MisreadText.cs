namespace HealthMcp.Privacy;

/// <summary>
/// What a scanner misread, read again: letters among digits as digits ("2O19-0S-14", "79O-4636"), digits inside a word as letters
/// ("E1m Dr"). The rules that go by form alone read such a text a second time, and what they find counts where something was changed.
/// </summary>
internal static class MisreadText
{
    private const string Marks = "-./:() +";

    private static readonly TextFinder[] Forms =
    [
        DatePatterns.IsoDates, DatePatterns.SlashedDates, ContactPatterns.Phones, NumberPatterns.Ssns, FormPatterns.Groups, FormPatterns.Prefixed,
        AddressPatterns.Streets, AddressPatterns.TownsOfStates, AddressPatterns.Zips,
        static (note, found) => new OrganisationFinder(note.Words).Find(found),
        static (note, found) => new NameFinder(note.Words).Find(found),
    ];

    public static void Find(NoteText note, List<Found> found)
    {
        if (Read(note) is not { } read) return;
        var again = new NoteText(read, note.Known, note.Today, note.Words.Lexicon);
        var hits = new List<Found>();
        foreach (var form in Forms) form(again, hits);
        foreach (var hit in hits)
            if (!read.AsSpan(hit.Start, hit.End - hit.Start).SequenceEqual(note.Text.AsSpan(hit.Start, hit.End - hit.Start))) found.Add(hit);
    }

    /// <summary>The text as it was before it was scanned, character for character; null when nothing in it looks misread.</summary>
    private static string? Read(NoteText note)
    {
        char[]? read = null;
        var tells = false;
        foreach (var token in note.Words.Tokens)
        {
            var word = note.Text.AsSpan(token.Start, token.Length);
            if (!word.ContainsAnyInRange('0', '9') ? !MayBeNumber(note, token, word) : !word.ContainsAnyExceptInRange('0', '9')) continue;
            var digits = AreDigits(word) && (MayBeNumber(note, token, word) || word.Length >= 5 || IsMostlyDigits(word));
            if (!digits && !AreLetters(word)) continue;
            tells |= digits || IsWord(word);
            read ??= note.Text.ToCharArray();
            var big = !word.ContainsAnyInRange('a', 'z');
            for (var at = token.Start; at < token.End; at++) read[at] = digits ? Digit(read[at]) : Letter(read[at], big || at == token.Start);
        }

        return tells ? new string(read!) : null;
    }

    /// <summary>The T before the hour and the Z after it are letters.</summary>
    private static bool AreDigits(ReadOnlySpan<char> word)
    {
        for (var at = 0; at < word.Length; at++)
            if (!char.IsAsciiDigit(Digit(word[at])) && !(at == 2 && word[at] is 'T' or 'Z' && word.Length is 3 or 5)) return false;
        return true;
    }

    private static bool IsMostlyDigits(ReadOnlySpan<char> word)
    {
        var digits = 0;
        foreach (var c in word) if (char.IsAsciiDigit(c)) digits++;
        return word.Length >= 4 ? digits * 2 >= word.Length : char.IsAsciiDigit(word[0]) && digits * 2 > word.Length;
    }

    private static bool AreLetters(ReadOnlySpan<char> word)
    {
        var letters = 0;
        foreach (var c in word)
            if (char.IsAsciiLetter(c)) letters++;
            else if (c is not ('0' or '1' or '3' or '5' or '8')) return false;
        return letters * 2 >= word.Length && word.Length <= 24;
    }

    /// <summary>Not a dose, an hour or a gene: it has more than two letters, and is written like a name or a word of an address.</summary>
    private static bool IsWord(ReadOnlySpan<char> word) => word.Length >= 4 && word[1..].ContainsAnyInRange('a', 'z')
        && !word[1..].ContainsAnyInRange('A', 'Z') && !char.IsAsciiLetterLower(word[0]) && !char.IsAsciiDigit(word[1])
        && !(char.IsAsciiDigit(word[^1]) && char.IsAsciiDigit(word[^2]));

    /// <summary>A short word of such letters and digits, tied to a group of digits.</summary>
    private static bool MayBeNumber(NoteText note, TextToken token, ReadOnlySpan<char> word) => word.Length <= 8 && AreDigits(word)
        && (note.CharAt(token.Start - 1) == '+' || IsTied(note, token.Start - 1, -1) || IsTied(note, token.End, 1));

    private static bool IsTied(NoteText note, int at, int step) => Marks.Contains(note.CharAt(at), StringComparison.Ordinal)
        && (char.IsAsciiDigit(note.CharAt(at + step))
            || (Marks.Contains(note.CharAt(at + step), StringComparison.Ordinal) && char.IsAsciiDigit(note.CharAt(at + step + step))));

    private static char Digit(char c) => c switch
    {
        'O' or 'o' or 'Q' => '0',
        'I' or 'l' => '1',
        'S' or 's' => '5',
        'B' => '8',
        _ => c,
    };

    private static char Letter(char c, bool big) => c switch
    {
        '0' => big ? 'O' : 'o',
        '1' => big ? 'I' : 'l',
        '3' => big ? 'E' : 'e',
        '5' => big ? 'S' : 's',
        '8' => big ? 'B' : 'b',
        _ => c,
    };
}
