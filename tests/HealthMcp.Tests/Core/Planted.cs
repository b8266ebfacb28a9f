using System.Text;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Tests.Core;

/// <summary>Looks for what the sandbox planted in what came out.</summary>
internal static class Planted
{
    private const int Shown = 80;

    private static readonly (string Value, string Kind, string Folded)[] Values =
    [
        .. from planted in PlantedIdentifiers.All.Distinct()
           let folded = Fold(planted.Value)

           // A surname alone may be a word of medicine or a place; whole names are planted beside each.
           where folded.Length > 3 && planted.Kind != "surname"
           select (planted.Value, planted.Kind, folded),
    ];

    /// <summary>Each value that stands in one of the texts as a word of its own, with what stands around it.</summary>
    public static IReadOnlyList<(string Value, string Kind, string Where)> Found(IEnumerable<string> texts)
    {
        var all = Fold(string.Join('\n', texts));
        return
        [
            .. from planted in Values
               let at = Word(all, planted.Folded)
               where at >= 0
               select (planted.Value, planted.Kind, all[Math.Max(0, at - Shown)..Math.Min(all.Length, at + planted.Folded.Length + Shown)]),
        ];
    }

    private static int Word(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return at;
        }

        return -1;
    }

    private static string Fold(string text) => string.Join(
        ' ',
        text.Replace("\\u0022", "\"", StringComparison.Ordinal).Normalize(NormalizationForm.FormKC).ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
