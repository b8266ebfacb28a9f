using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>Runs the chunks of a text through the lexicon and merges what is found by code.</summary>
internal sealed class CodeCollector(ExtractConfig config)
{
    private sealed record Found(LexiconEntry Entry, bool IsValid, string Reason, List<(int From, int To)> Spans);

    public JsonArray Collect(string text, IReadOnlyList<LexiconEntry> entries, int defaultMost)
    {
        var found = new Dictionary<string, Found>(StringComparer.Ordinal);
        foreach (var (from, to) in Chunker.Split(text, config.ChunkingMethod, entries).Where(chunk => IsRelevant(text[chunk.From..chunk.To])))
        {
            // Negation is judged in the whole text: a concept that is its own chunk has lost the "no" before it.
            var findings = Finding.In(text, 0, text.Length, entries)
                .Where(finding => finding.Start >= from && finding.Start + finding.Length <= to && IsSimilar(finding));
            foreach (var finding in findings.DistinctBy(finding => finding.Entry.Code).Take(config.MaxCodesPerChunk ?? defaultMost))
            {
                Merge(found, finding, text[from..to], (from, to));
            }
        }

        var codes = found.Values.Where(code => code.IsValid || config.Invalid).Select(code => (JsonNode)Row(code, text)).ToList();
        return Json.Array(config.Ancestors ? [.. codes, .. Ancestors(found)] : codes);
    }

    private void Merge(Dictionary<string, Found> found, Finding finding, string chunk, (int From, int To) span)
    {
        var (valid, reason) = Validate(finding, chunk);
        if (!found.TryGetValue(finding.Entry.Code, out var known) || (valid && !known.IsValid))
        {
            found[finding.Entry.Code] = new(finding.Entry, valid, reason, [span]);
        }
        else if (valid == known.IsValid)
        {
            known.Spans.Add(span);
        }
    }

    private (bool IsValid, string Reason) Validate(Finding finding, string chunk) => config.ValidationMethod switch
    {
        "none" => (true, $"Sandbox engine: the text names \"{finding.Term}\"; not validated."),
        "chunk_code_jaccard_similarity" => Jaccard(chunk, finding.Entry.Description) is var likeness && likeness >= config.JaccardThreshold
            ? (true, "Sandbox engine: text and description share enough words.")
            : (false, "Sandbox engine: text and description share too few words."),
        _ when finding.IsNegated => (false, $"Sandbox engine: the text negates \"{finding.Term}\"."),
        _ => (true, $"Sandbox engine: the text names \"{finding.Term}\"."),
    };

    private JsonObject Row(Found code, string text)
    {
        var row = new JsonObject { ["code"] = code.Entry.Code, ["description"] = code.Entry.Description, ["valid"] = code.IsValid };
        row.Maybe("reason", config.Rationale ? code.Reason : null);
        row.Maybe("is_ancestor", config.Ancestors ? false : null);
        if (config.Citations && config.ChunkingMethod is "sentences" or "clinical_ner_extract" or "fasthpocr")
        {
            row["citations"] = Json.Array(code.Spans.Select(span => Citation(text, span)));
        }

        if (config.ChunkingMethod == "fasthpocr" && code.Entry.CategoryUri.Length > 0)
        {
            row["categories"] = new JsonArray(new JsonObject { ["uri"] = code.Entry.CategoryUri, ["label"] = code.Entry.CategoryText });
        }

        return row;
    }

    private IEnumerable<JsonObject> Ancestors(Dictionary<string, Found> found) => found.Values
        .Where(code => code.IsValid && code.Entry.AncestorCode.Length > 0 && !found.ContainsKey(code.Entry.AncestorCode))
        .DistinctBy(code => code.Entry.AncestorCode)
        .Select(code => new JsonObject
        {
            ["code"] = code.Entry.AncestorCode,
            ["description"] = code.Entry.AncestorText,
            ["valid"] = true,
            ["is_ancestor"] = true,
        }
            .Maybe("reason", config.Rationale ? $"Sandbox engine: parent of {code.Entry.Code}." : null));

    /// <summary>The field is documented in bytes, so bytes of UTF-8 it is, whatever else the vendor says elsewhere.</summary>
    private static JsonObject Citation(string text, (int From, int To) span)
    {
        var begin = Encoding.UTF8.GetByteCount(text.AsSpan(0, span.From));
        var cited = text[span.From..span.To];
        return new() { ["text"] = cited, ["begin_offset"] = begin, ["end_offset"] = begin + Encoding.UTF8.GetByteCount(cited) };
    }

    private bool IsSimilar(Finding finding) =>
        (finding.Term.Equals(finding.Entry.Description, StringComparison.OrdinalIgnoreCase) ? 1 : 0.95) >= config.Similarity;

    private bool IsRelevant(string chunk)
    {
        if (config.MinRelevance <= 0 || config.Context is null)
        {
            return true;
        }

        var wanted = Words(config.Context);
        return wanted.Count > 0 && (double)wanted.Count(Words(chunk).Contains) / wanted.Count >= config.MinRelevance;
    }

    private static double Jaccard(string left, string right)
    {
        var (a, b) = (Words(left), Words(right));
        return a.Count == 0 || b.Count == 0 ? 0 : (double)a.Count(b.Contains) / (a.Count + b.Count - a.Count(b.Contains));
    }

    private static HashSet<string> Words(string text) =>
        [.. text.ToLowerInvariant().Split([' ', '.', ',', ';', ':', '(', ')', '\n'], StringSplitOptions.RemoveEmptyEntries)];
}
