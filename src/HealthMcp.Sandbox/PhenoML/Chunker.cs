namespace HealthMcp.Sandbox.PhenoML;

/// <summary>Splits a text as chunking_method asks. The methods that need a language model fall back to paragraphs.</summary>
internal static class Chunker
{
    public static IEnumerable<(int From, int To)> Split(string text, string method, IReadOnlyList<LexiconEntry> entries) => method switch
    {
        "none" => [(0, text.Length)],
        "sentences" => Sentences(text),
        "clinical_ner_extract" or "fasthpocr" => Finding.In(text, 0, text.Length, entries).Select(finding => (finding.Start, finding.Start + finding.Length)),
        _ => Paragraphs(text),
    };

    private static IEnumerable<(int From, int To)> Sentences(string text)
    {
        var from = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var ends = text[at] == '\n' || (text[at] is '.' or '!' or '?' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])));
            if (ends)
            {
                yield return Trim(text, from, at + 1);
                from = at + 1;
            }
        }

        yield return Trim(text, from, text.Length);
    }

    private static IEnumerable<(int From, int To)> Paragraphs(string text)
    {
        var from = 0;
        for (var at = text.IndexOf("\n\n", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\n\n", from, StringComparison.Ordinal))
        {
            yield return Trim(text, from, at);
            from = at + 2;
        }

        yield return Trim(text, from, text.Length);
    }

    private static (int From, int To) Trim(string text, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        while (to > from && char.IsWhiteSpace(text[to - 1]))
        {
            to--;
        }

        return (from, to);
    }
}
