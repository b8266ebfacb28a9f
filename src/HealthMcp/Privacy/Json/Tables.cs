namespace HealthMcp.Privacy;

/// <summary>The text tables that ship inside the program.</summary>
internal static class Tables
{
    /// <param name="name">For example <c>shapes/xcures</c> or <c>lexicons/surnames</c>.</param>
    public static string Text(string name)
    {
        using var stream = typeof(Tables).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"no table {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The words of a table, without comments.</summary>
    public static IEnumerable<string> Words(string name) =>
        Lines(name).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The lines of a table, without comments and blank lines.</summary>
    public static IEnumerable<string> Lines(string name) =>
        Text(name).Split('\n').Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0);
}
