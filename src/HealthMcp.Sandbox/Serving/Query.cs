using System.Net;

namespace HealthMcp.Sandbox.Serving;

/// <summary>Query string or form body, in order and with repeats: which of two equal names counts differs between the systems.</summary>
internal sealed record Query(IReadOnlyList<KeyValuePair<string, string>> Pairs)
{
    public static Query Parse(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            var name = cut < 0 ? part : part[..cut];
            pairs.Add(new(WebUtility.UrlDecode(name), cut < 0 ? "" : WebUtility.UrlDecode(part[(cut + 1)..])));
        }

        return new(pairs);
    }

    public string? First(string name) => All(name).FirstOrDefault();

    public IEnumerable<string> All(string name) => Pairs.Where(pair => pair.Key == name).Select(pair => pair.Value);

    public bool Has(string name) => Pairs.Any(pair => pair.Key == name);

    /// <summary>The default when absent, null when it is there but no whole number of at least <paramref name="least"/>.</summary>
    public int? Number(string name, int otherwise, int least = 1) =>
        First(name) is not { } text ? otherwise : int.TryParse(text, out var number) && number >= least ? number : null;
}
