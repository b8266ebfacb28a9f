using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>
/// Compatibility forms and accented letters as plain ASCII (NFKD without marks, Unicode TR15). A table of our own, because the
/// program runs with invariant globalization, where string.Normalize leaves text as it is.
/// </summary>
internal static class Compatibility
{
    private static readonly FrozenDictionary<int, string> Map = Read().ToFrozenDictionary(pair => pair.Point, pair => pair.Plain);

    public static string? Plain(Rune rune) => Map.TryGetValue(rune.Value, out var plain) ? plain : null;

    private static IEnumerable<(int Point, string Plain)> Read()
    {
        foreach (var line in Tables.Lines("lexicons/compatibility"))
        {
            var words = line.Split(' ');
            var plain = words[0].Replace("\\x23", "#", StringComparison.Ordinal);
            foreach (var run in words.AsSpan(1).ToArray().Select(word => word.Split('-')))
                for (var point = Hex(run[0]); point <= Hex(run[^1]); point++) yield return (point, plain);
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
