using System.Text.Json;

namespace HealthMcp.FhirR4.Summaries;

/// <summary>The one line of a resource: when, what, and the rest of its row in the table.</summary>
internal sealed class Line(JsonElement resource, Labels labels)
{
    private const int Longest = 600;
    private readonly string _type = Json.Text(resource, "resourceType") ?? "Resource";
    private readonly Wording _words = new(labels);

    public override string ToString()
    {
        var row = SummaryTable.Of(_type);
        var when = First(row.When, _words.Of);
        var said = new List<string> { What(withCode: true) ?? _type };
        if (AiLabel.IsOn(resource)) said.Add("asserted by an AI");
        foreach (var path in row.Rest)
        {
            var cut = path.IndexOf(':', StringComparison.Ordinal);
            var values = Values(path[(cut + 1)..], _words.Of).Where(words => !said.Contains(words, StringComparer.OrdinalIgnoreCase)).ToList();
            if (values.Count > 0) said.Add((cut < 0 ? "" : path[..cut] + " ") + string.Join(", ", values));
        }

        return OneLine((when is null ? "" : when + ": ") + string.Join(" · ", said));
    }

    /// <summary>What it is, without when and how; null when nothing of it is left to say.</summary>
    public string? What(bool withCode) => First(SummaryTable.Of(_type).What, withCode ? _words.WithCode : _words.Of);

    private string? First(string[] paths, Func<JsonElement, string?> words) =>
        paths.Select(path => Values(path, words) is { Count: > 0 } found ? string.Join(", ", found) : null).FirstOrDefault(found => found is not null);

    // The same said twice, as a text and as a display, is said once.
    private List<string> Values(string path, Func<JsonElement, string?> words) =>
        [.. Json.Values(resource, path).Select(words).OfType<string>().Select(text => text.Trim()).Where(text => text.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string OneLine(string text)
    {
        var plain = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return plain.Length <= Longest ? plain : plain[..(char.IsHighSurrogate(plain[Longest - 1]) ? Longest - 1 : Longest)] + "…";
    }
}
