using System.Text.RegularExpressions;

namespace HealthMcp.Prompts;

/// <summary>
/// Reads the head of a prompt file: the few lines of YAML that the files use, and nothing else of YAML. A line that is not understood
/// is an error, so that a slip in a file shows in the tests and not in front of a user.
/// </summary>
internal sealed partial class FrontMatter
{
    private const string Fence = "---";
    private static readonly string[] Keys = ["name", "title", "description", "scopes"];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, string>> _arguments = [];
    private bool _inArguments;

    /// <exception cref="FormatException">The file is not of the form that src/README.md gives.</exception>
    public static PromptTemplate Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = lines[0] == Fence ? Array.IndexOf(lines, Fence, 1) : -1;
        if (end < 0) throw new FormatException("a prompt starts with front matter between two lines of ---");
        var head = new FrontMatter();
        foreach (var line in lines[1..end]) head.Line(line);
        return head.Template(string.Join('\n', lines[(end + 1)..]).Trim('\n') + "\n");
    }

    private void Line(string line)
    {
        if (line == "arguments:") _inArguments = true;
        else if (!_inArguments
            && TopLevel().Match(line) is { Success: true } top
            && Keys.Contains(top.Groups["key"].Value, StringComparer.Ordinal)) Set(_values, top);
        else if (_inArguments && Item().Match(line) is { Success: true } item) Argument(item);
        else throw new FormatException($"not understood: {line}");
    }

    private void Argument(Match item)
    {
        if (item.Groups["dash"].Value == "- ") _arguments.Add(new(StringComparer.Ordinal));
        if (_arguments.Count == 0) throw new FormatException("an argument starts with a dash");
        Set(_arguments[^1], item);
    }

    private static void Set(Dictionary<string, string> values, Match line)
    {
        if (!values.TryAdd(line.Groups["key"].Value, Unquoted(line.Groups["value"].Value))) throw new FormatException($"given twice: {line.Value}");
    }

    private static string Unquoted(string value) => value switch
    {
        ['\'', .. var inner, '\''] => inner.Replace("''", "'", StringComparison.Ordinal),
        ['\'' or '"' or '[' or '{' or '|' or '>' or '&' or '*' or '#', ..] => throw new FormatException($"write this in single quotes: {value}"),
        _ => value,
    };

    private PromptTemplate Template(string body)
    {
        var template = new PromptTemplate(
            Wanted(_values, "name"), Wanted(_values, "title"), Wanted(_values, "description"),
            Wanted(_values, "scopes").Split(' '), [.. _arguments.Select(Argument)], body);
        var declared = template.Arguments.Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        if (declared.Count != template.Arguments.Count) throw new FormatException("two arguments have one name");
        if (!declared.SetEquals(Placeholders.In(body))) throw new FormatException("the arguments and the {{placeholders}} of the text differ");
        return template;
    }

    private static TemplateArgument Argument(Dictionary<string, string> values) => new(Wanted(
        values,
        "name"), Wanted(values, "description"), Wanted(values, "required") switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException("required is true or false"),
    });

    private static string Wanted(Dictionary<string, string> values, string key) =>
        values.TryGetValue(key, out var value) ? value : throw new FormatException($"{key} is missing");

    [GeneratedRegex("^(?<key>[a-z]+): (?<value>\\S.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex TopLevel();

    [GeneratedRegex("^  (?<dash>- |  )(?<key>name|description|required): (?<value>\\S.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();
}
