namespace HealthMcp.Privacy;

/// <summary>One element of the R4 table: its path, whether it repeats, and its types (several for a choice).</summary>
internal sealed record FhirRow(string Path, string Name, bool Many, string[] Types)
{
    /// <summary>Reads the rows of one type from its part of the table, in order.</summary>
    public static List<FhirRow> Read(string type, ReadOnlySpan<char> text)
    {
        var rows = new List<FhirRow>();
        var path = new List<string> { type };
        foreach (var range in text.Split('\n'))
        {
            var line = text[range];
            var depth = line.Length - line.TrimStart(' ').Length;
            if (depth == 0) continue;
            line = line.Trim();
            var gap = line.IndexOf(' ');
            var name = (gap < 0 ? line : line[..gap]).ToString();
            var many = name.EndsWith('*');
            name = name.TrimEnd('*');
            path.RemoveRange(depth, path.Count - depth);
            path.Add(name);
            rows.Add(new FhirRow(string.Join('.', path), name, many, gap < 0 ? [] : line[(gap + 1)..].ToString().Split('|')));
        }

        return rows;
    }
}
