using System.Text.RegularExpressions;

namespace HealthMcp.Prompts;

/// <summary>The <c>{{argument}}</c> places of a prompt.</summary>
internal static partial class Placeholders
{
    private const string NotGiven = "(not given)";

    public static IEnumerable<string> In(string body) => Place().Matches(body).Select(m => m.Groups["name"].Value);

    /// <summary>Fills all places in one pass, so that a value that looks like a place stays a value.</summary>
    public static string Fill(string body, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(body, m => values.TryGetValue(m.Groups["name"].Value, out var value) ? QuotedData.Of(value) : NotGiven);

    [GeneratedRegex(@"\{\{(?<name>[a-z_]+)\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
