using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(A) Initials, where a word before them says whose.</summary>
internal static partial class InitialPatterns
{
    public static void Find(NoteText note, List<Found> found)
    {
        var (next, words) = (0, note.Words);
        if (!note.Has(SignKinds.Initials)) return;
        for (var at = 1; at < words.Count; at++)
            if (words[at].IsCapital && words[at].Length <= 3 && (words[at].Length > 1 || note.CharAt(words[at].End) == '.')
                && note.HasBefore(SignKinds.Initials, words[at].Start, 10)) note.Take(Announced(), words[at].Start, "name", ref next, found);
    }

    [GeneratedRegex(@"\G(?<=\b([Ii]nitials|INITIALS|[Pp]atient|PATIENT|[Pp]t|PT|[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Ss]igned|[Bb]y|/s/)\.?(\s+is)?[\s:]{1,3})([A-Z]\.\s?([A-Z]\.\s?)?[A-Z]\b\.?|(?<=([Ii]nitials|INITIALS)\W.{0,4})[A-Z]{2,3}\b)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Announced();
}
