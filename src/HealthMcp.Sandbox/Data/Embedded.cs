namespace HealthMcp.Sandbox.Data;

/// <summary>The data files that are built into the assembly.</summary>
internal static class Embedded
{
    public static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(Embedded).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException(file);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    /// <summary>Rows of a tab-separated file by the names in its first line.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Table(string file)
    {
        string[]? head = null;
        foreach (var cells in Lines(file).Select(line => line.Split('\t')))
        {
            if (head is null)
            {
                head = cells;
                continue;
            }

            yield return head.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }
    }
}
