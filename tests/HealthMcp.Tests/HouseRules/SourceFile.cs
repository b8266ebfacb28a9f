using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

/// <summary>A file by its path from the root, written with slashes.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    private string? _code;

    /// <summary>The text with comments, directives and the insides of literals blanked out; same length, same lines.</summary>
    public string Code => _code ??= CodeMask.Of(Text);

    public string Name => System.IO.Path.GetFileName(Path);

    public int Lines => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>Names of the types that the file declares, with the kind of each.</summary>
    public IEnumerable<(string Kind, string Name)> Types => Declaration().Matches(Code).Select(m => (m.Groups["kind"].Value, m.Groups["name"].Value));

    public int LineOf(int index) => Code.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(
        @"\b(?<kind>class|struct|interface|enum|record)\s+(?<name>[A-Z]\w*)|\b(?<kind>delegate)\s+[^;(]*?(?<name>[A-Z]\w*)\s*(<[^;()]*>)?\s*\(",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
