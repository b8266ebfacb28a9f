namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>A FHIR query as the specification writes it, taken apart for the oracle.</summary>
internal sealed record OracleQuery(string Type, string Text)
{
    private static readonly string[] Controls = ["_sort", "_count", "_include", "_revinclude", "_elements", "_summary"];

    public IReadOnlyList<(string Name, string Value)> Pairs { get; } =
        [.. Text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => (part[..part.IndexOf('=', StringComparison.Ordinal)],
            part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]))];

    public IEnumerable<(string Name, string Value)> Conditions => Pairs.Where(pair => !Controls.Contains(pair.Name, StringComparer.Ordinal));

    public string? Control(string name) => Pairs.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault();

    public static OracleQuery Parse(string text) => new(text.Split('?')[0], text.Contains('?', StringComparison.Ordinal) ? text[(text.IndexOf('?',
        StringComparison.Ordinal) + 1)..] : "");

    /// <summary>Comma means or, unless a backslash stands before it.</summary>
    public static IReadOnlyList<string> Alternatives(string value) =>
        [.. value.Replace("\\,", "\u0001", StringComparison.Ordinal).Split(',').Select(one => one.Replace('\u0001', ','))];
}
