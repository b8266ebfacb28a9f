namespace HealthMcp.Privacy;

/// <summary>What the record itself says of its patient, wherever a text repeats it.</summary>
internal static class KnownValues
{
    public static void Find(NoteText note, List<Found> found)
    {
        note.Known.Spell();
        if (note.Known.Count == 0) return;
        var tokens = note.Words.Tokens;
        for (var at = 0; at < tokens.Count;)
        {
            var count = note.Known.Match(note.Text, tokens, at, out var kind);
            if (count > 0) found.Add(new Found(kind, tokens[at].Start, tokens[at + count - 1].End, null));
            at += Math.Max(1, count);
        }
    }
}
