using System.Text;

namespace HealthMcp.Tests.Privacy;

/// <summary>Notes whose identifiers are marked {kind:text}; a note goes on over lines until its marks are closed.</summary>
internal static class MarkedNotes
{
    public static IEnumerable<(string Text, List<(string Kind, int Start, int End)> Marks)> Read(string fixture)
    {
        var open = new StringBuilder();
        foreach (var line in Redaction.Fixture(fixture))
        {
            open.Append(open.Length > 0 ? "\n" : "").Append(line);
            var note = open.ToString();
            if (note.Count(c => c == '{') > note.Count(c => c == '}')) continue;
            open.Clear();
            yield return Parse(note);
        }
    }

    /// <summary>The text of one note without its marks, and where they stood.</summary>
    public static (string Text, List<(string Kind, int Start, int End)> Marks) Parse(string note)
    {
        var (text, marks) = (new StringBuilder(), new List<(string, int, int)>());
        for (var at = 0; at < note.Length; at++)
        {
            if (note[at] != '{')
            {
                text.Append(note[at]);
                continue;
            }

            var (colon, close) = (note.IndexOf(':', at), note.IndexOf('}', at));
            marks.Add((note[(at + 1)..colon], text.Length, text.Length + close - colon - 1));
            text.Append(note, colon + 1, close - colon - 1);
            at = close;
        }

        return (text.ToString(), marks);
    }
}
