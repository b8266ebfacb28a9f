using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>Finds markers in what came out, however they were written: other case, entities, percent, \u, base64, other punctuation.</summary>
internal sealed partial class Trap
{
    private readonly string _plain;
    private readonly string _squeezed;

    public Trap(params IEnumerable<string> texts)
    {
        _plain = Decoded(string.Join('\n', texts));
        _squeezed = Squeeze(_plain);
    }

    /// <summary>As <see cref="Holds"/> for each, in one walk through the text: there are some ten thousand markers and some million letters.</summary>
    public IEnumerable<Canary> Caught(IEnumerable<Canary> canaries)
    {
        var forms = canaries.SelectMany(canary => Forms(canary).Select(form => (canary, Form: form))).ToList();
        var caught = Starting(_squeezed, forms.Where(f => IsLong(Squeeze(f.Form))).Select(f => (f.canary, Squeeze(f.Form))), 8, (_, _) => true);
        caught.UnionWith(Starting(_plain, forms.Where(f => !IsLong(Squeeze(f.Form))).Select(f => (f.canary, f.Form.ToLowerInvariant())), 4, StandsApart));
        return caught;
    }

    private static HashSet<Canary> Starting(string text, IEnumerable<(Canary Canary, string Form)> forms, int length, Func<int, int, bool> fits)
    {
        var byStart = forms.GroupBy(f => f.Form[..length], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        var lookup = byStart.GetAlternateLookup<ReadOnlySpan<char>>();
        var caught = new HashSet<Canary>();
        for (var at = 0; at + length <= text.Length; at++)
        {
            if (!lookup.TryGetValue(text.AsSpan(at, length), out var found)) continue;
            foreach (var (canary, form) in found)
            {
                if (text.AsSpan(at).StartsWith(form, StringComparison.Ordinal) && fits(at, at + form.Length)) caught.Add(canary);
            }
        }

        return caught;
    }

    // A short number, a date among them, may stand in a longer one or in a hash by chance once the punctuation is gone.
    private static bool IsLong(string squeezed) => squeezed.Length >= 8 && !(squeezed.Length < 9 && squeezed.All(char.IsAsciiDigit));

    private bool StandsApart(int at, int end) =>
        (at == 0 || !char.IsLetterOrDigit(_plain[at - 1])) && (end == _plain.Length || !char.IsLetterOrDigit(_plain[end]));

    public bool Holds(Canary canary) => Forms(canary).Any(form =>
    {
        var squeezed = Squeeze(form);
        if (IsLong(squeezed)) return _squeezed.Contains(squeezed, StringComparison.Ordinal);
        return Whole(_plain, form.ToLowerInvariant());
    });

    /// <summary>Stands there by itself, as it was written. In hashes and durations ten digits in a row stand by chance, with and without punctuation.</summary>
    public bool HoldsApart(Canary canary) => Forms(canary).Any(form => Whole(_plain, form.ToLowerInvariant()));

    private static bool Whole(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return true;
        }

        return false;
    }

    private static IEnumerable<string> Forms(Canary canary)
    {
        yield return canary.Marker;
        if (canary.Kind != "date" || !DateOnly.TryParse(canary.Marker, CultureInfo.InvariantCulture, out var day)) yield break;
        foreach (var form in new[] { "yyyy-MM-dd", "MM/dd/yyyy", "M/d/yyyy", "MMMM d, yyyy", "d MMM yyyy", "yyyyMMdd" })
            yield return day.ToString(form, CultureInfo.InvariantCulture);
    }

    private static string Decoded(string text)
    {
        var unescaped = Unicode().Replace(text, match =>
            ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        var files = Base64().Matches(unescaped).Select(match => Bytes(match.Value));
        return Folded(WebUtility.HtmlDecode(Uri.UnescapeDataString($"{unescaped}\n{string.Join('\n', files)}"))).ToLowerInvariant();
    }

    // Written anew here, as NFKC has it, so that the program's own reading of such letters does not prove itself.
    private static string Folded(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value switch
    {
        >= 0xFF01 and <= 0xFF5E => ((char)(rune.Value - 0xFEE0)).ToString(),
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark => "",
        _ when Rune.IsDigit(rune) => Rune.GetNumericValue(rune).ToString(CultureInfo.InvariantCulture),
        _ => rune.ToString(),
    }));

    private static string Bytes(string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, buffer, out var written) ? Encoding.UTF8.GetString(buffer, 0, written) : "";
    }

    private static string Squeeze(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Unicode();

    [GeneratedRegex(@"[A-Za-z0-9+/]{24,}={0,2}")]
    private static partial Regex Base64();
}
