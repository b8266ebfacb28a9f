using System.Buffers;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>Numbers that a scanner or a fax has damaged: letters in place of digits, and digits that stand apart.</summary>
internal static partial class DamagedPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>How all three may start, and go on: <see cref="Digit"/>, a bracket, the mark of a date.</summary>
    private static readonly SearchValues<char> Starts = SearchValues.Create("0123456789OoQIl|SBZ(/-");
    private const SignKinds Labels = SignKinds.Phone | SignKinds.Ssn | SignKinds.Birth | SignKinds.Number | SignKinds.Mark;

    /// <summary>What scanners take for a digit, or make of one. At least one letter must be among them: whole numbers are for other rules.</summary>
    private const string Digit = @"[\dOoQIl|SBZ]";

    public static void Phones(NoteText note, List<Found> found) => TakeAfter(note, SignKinds.Phone, Phone(), "phone", found);

    public static void Ssns(NoteText note, List<Found> found) => TakeAfter(note, SignKinds.Ssn, Ssn(), "ssn", found);

    public static void Dates(NoteText note, List<Found> found) => TakeAfter(note, SignKinds.Birth | SignKinds.Day, Date(), "date", found);

    /// <summary>"5 5 5 - 0 1 4 2": with a mark between groups or after a word that announces a number; scales and rows of scores stay.</summary>
    public static void Spaced(NoteText note, List<Found> found)
    {
        var next = 0;
        foreach (var run in note.Runs)
        {
            if (run.Length != 1 || run.Start < next || note.CharAt(run.End) is not (' ' or '-' or '.') || note.Length(Apart(),
                run.Start) is not (> 0 and var length)) continue;
            var digits = note.Text.AsSpan(run.Start, length);
            next = run.Start + length;
            if ((digits.ContainsAny('-', '(', ')') || note.HasBefore(Labels, run.Start, 30)) && !Counts(digits)) found.Add(new Found("number", run.Start,
                next, null));
        }
    }

    /// <summary>0 1 2 3 4 5 6 7: a scale and no number.</summary>
    private static bool Counts(ReadOnlySpan<char> digits)
    {
        var last = -1;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c)) continue;
            if (last >= 0 && c - '0' != last + 1) return false;
            last = c - '0';
        }

        return true;
    }

    private static void TakeAfter(NoteText note, SignKinds kind, Regex pattern, string what, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        if (!note.Has(kind)) return;
        foreach (var sign in note.Signs)
        {
            if ((sign.Kinds & kind) == SignKinds.None) continue;
            for (var at = sign.Token + 1; at < words.Count && at <= sign.Token + 3 && words[at].Start - sign.End <= 16; at++)
            {
                var start = note.CharAt(words[at].Start - 1) == '(' ? words[at].Start - 1 : words[at].Start;
                if (Starts.Contains(note.CharAt(start)) && Starts.Contains(note.CharAt(start + 1)) && note.Take(pattern, start, what, ref next, found)) break;
            }
        }
    }

    [GeneratedRegex(@"\G(?<!\w)(?=([^\d\n]{0,4}\d){5})(?=[\d(). -]{0,12}[OoQIl|SBZ])(\(" + Digit + @"{3}\)|" + Digit + @"{3})[-. ]{1,2}" + Digit + @"{3}[-. ]" + Digit + @"{4}(?!\w)|\G(?<!\w)(?=([^\d\n]{0,3}\d){4})(?=[\d-]{0,7}[OoQIl|SBZ])" + Digit + @"{3}-" + Digit + @"{4}(?!\w)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\G(?<!\w)(?=([^\d\n]{0,4}\d){5})(?=[\d -]{0,10}[OoQIl|SBZ])" + Digit + @"{3}[- ]" + Digit + @"{2}[- ]" + Digit + @"{4}(?!\w)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Ssn();

    [GeneratedRegex(@"\G(?<!\w)(?=([^\d\n]{0,3}\d){3})(?=[\d/-]{0,9}[OoQIl|SBZ])" + Digit + @"{1,2}[/-]" + Digit + @"{1,2}[/-](" + Digit + @"{4}|" + Digit + @"{2})(?!\w)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Date();

    [GeneratedRegex(@"\G(?<![\w.,/])\d(( {1,2}|\.| ?[-()] ?| ?\) ?- ?)\d(?![\w/])){6,15}(?![.,/]?\w)", Options, PatternLimit.Milliseconds)]
    private static partial Regex Apart();
}
