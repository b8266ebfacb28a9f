using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Tests.Cli;

namespace HealthMcp.Tests.Privacy;

/// <summary>How much is found of what is disguised, damaged, written small, over two lines, or known of the record, by the command that evaluates it.</summary>
public sealed partial class DisguisedNotesTests
{
    [Theory]
    [InlineData("disguised-1.txt", 0.96)]
    [InlineData("disguised-2.txt", 0.96)]
    [InlineData("disguised-3.txt", 0.99)]
    [InlineData("disguised-4.txt", 0.98)]
    public async Task Nearly_all_of_it_is_found_whole(string fixture, double share)
    {
        var notes = Redaction.Fixture(fixture).Select(Read).ToList();
        var lines = notes.Select((note, at) => JsonSerializer.Serialize(new { id = at, text = note.Text, known = note.Known }));
        var run = await RedactRun.OfAsync(string.Join('\n', lines), "--format", "jsonl");
        var (all, missed) = (0, new List<string>());
        foreach (var (note, line) in notes.Zip(run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            var spans = JsonElement.Parse(line).GetProperty("spans").EnumerateArray()
                .Select(span => (Start: span.GetProperty("start").GetInt32(), End: span.GetProperty("end").GetInt32())).ToList();
            foreach (var (_, start, end) in note.Marks)
            {
                all++;
                var plain = Title().Replace(note.Text[start..end], match => new string(' ', match.Length));
                var whole = Enumerable.Range(start, end - start).All(at => !char.IsLetterOrDigit(plain[at - start])
                    || spans.Exists(span => span.Start <= at && at < span.End));
                if (!whole) missed.Add(note.Text[start..end]);
            }
        }

        all.ShouldBeGreaterThan(190);
        missed.Count.ShouldBeLessThanOrEqualTo((int)(all * (1 - share)), string.Join("; ", missed));
    }

    /// <summary>"KNOWN value; value | text": what the record says before the note.</summary>
    private static (string Text, List<(string Kind, int Start, int End)> Marks, string[] Known) Read(string line)
    {
        string[] known = [];
        if (line.StartsWith("KNOWN ", StringComparison.Ordinal))
        {
            var bar = line.IndexOf(" | ", StringComparison.Ordinal);
            (known, line) = (line[6..bar].Split("; "), line[(bar + 3)..]);
        }

        line = line.Replace("<NL>", "\n", StringComparison.Ordinal);
        var (text, marks) = MarkedNotes.Parse(Character().Replace(line, match =>
            char.ConvertFromUtf32(int.Parse(match.ValueSpan[3..^1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));
        return (text, marks, known);
    }

    [GeneratedRegex("<U\\+[0-9A-F]{4,5}>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Character();

    [GeneratedRegex(@"\b(MD|DO|PA|RN|NP|Dr|Mr|Ms|Mrs|Nurse)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Title();
}
