using System.Text.Json;

namespace HealthMcp.Tests.Proofs.Notes;

/// <summary>One line of a set of notes: <c>{"text":"…","spans":[{"type":"PERSON_NAME","start":0,"end":12}]}</c>, offsets in Unicode characters.</summary>
/// <param name="Text">The note.</param>
/// <param name="Marks">What somebody marked in it, offsets in UTF-16 units.</param>
internal sealed record AnnotatedNote(string Text, IReadOnlyList<AnnotatedNote.Mark> Marks)
{
    public static AnnotatedNote Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var text = json.RootElement.GetProperty("text").GetString()!;
        var units = Units(text);
        return new AnnotatedNote(text, [.. json.RootElement.GetProperty("spans").EnumerateArray().Select(span =>
            new Mark(span.GetProperty("type").GetString()!, units[span.GetProperty("start").GetInt32()], units[span.GetProperty("end").GetInt32()]))]);
    }

    /// <summary>Which units somebody marked.</summary>
    public bool[] Marked()
    {
        var marked = new bool[Text.Length];
        foreach (var mark in Marks) Array.Fill(marked, true, mark.Start, mark.End - mark.Start);
        return marked;
    }

    /// <summary>Where each Unicode character starts, and the end.</summary>
    private static List<int> Units(string text)
    {
        var units = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1) units.Add(at);
        units.Add(text.Length);
        return units;
    }

    internal readonly record struct Mark(string Type, int Start, int End);
}
