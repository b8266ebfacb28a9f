using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(A) Initials, where a word before them says whose.</summary>
internal static partial class InitialPatterns
{
    public static void Find(NoteText note, List<Found> found)
    {
        foreach (var match in Announced().EnumerateMatches(note.Text)) found.Add(new Found("name", match.Index, match.Index + match.Length, null));
    }

    [GeneratedRegex(@"(?<=\b([Ii]nitials|INITIALS|[Pp]atient|PATIENT|[Pp]t|PT|[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Ss]igned|[Bb]y|/s/)\.?(\s+is)?[\s:]{1,3})([A-Z]\.\s?([A-Z]\.\s?)?[A-Z]\b\.?|(?<=([Ii]nitials|INITIALS)\W.{0,4})[A-Z]{2,3}\b)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Announced();
}
