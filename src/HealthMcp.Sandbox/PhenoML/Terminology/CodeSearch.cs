using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Terminology;

/// <summary>The two searches. Likeness of meaning is stood in for by the lexicon's phrases and by shared words.</summary>
internal static class CodeSearch
{
    private static readonly char[] Between = [' ', ',', ';', ':', '(', ')', '/', '-', '.'];

    public static Answer Semantic(Exchange exchange, StoredSystem system)
    {
        if (exchange.Query.First("text") is not { } text || string.IsNullOrWhiteSpace(text) || exchange.Query.Number("limit", 10) is not { } limit)
        {
            return PhenoMlSystem.BadRequest("text is required, limit must be a whole number above 0");
        }

        var named = Finding.In(text, 0, text.Length, system.Phrases).Select(finding => finding.Entry.Code).ToHashSet(StringComparer.Ordinal);
        var words = Words(text);
        var phrases = system.Phrases.ToLookup(entry => entry.Code, StringComparer.Ordinal);
        var found = system.Codes
            .Select(code => (Code: code, Score: (named.Contains(code.Code) ? 1 : 0) + Likeness(words, code, phrases[code.Code])))
            .Where(one => one.Score > 0)
            .OrderByDescending(one => one.Score).ThenBy(one => one.Code.Code, StringComparer.Ordinal)
            .Take(Math.Min(limit, 50));
        return Answer.Json(new JsonObject { ["system"] = system.Reference, ["results"] = Json.Array(found.Select(one => one.Code.Row(defined: false))) });
    }

    public static Answer Text(Exchange exchange, StoredSystem system)
    {
        if (exchange.Query.First("q") is not { } query || string.IsNullOrWhiteSpace(query) || exchange.Query.Number("limit", 20) is not { } limit)
        {
            return PhenoMlSystem.BadRequest("q is required, limit must be a whole number above 0");
        }

        // Uploaded systems are not indexed for this search: empty, not an error.
        var found = system.Builtin ? system.Codes.Where(code => IsHit(code, query.Trim())).ToList() : [];
        return Answer.Json(new JsonObject
        {
            ["system"] = system.Reference,
            ["results"] = Json.Array(found.Take(Math.Min(limit, 100)).Select(code => code.Row(defined: false))),
            ["found"] = found.Count,
        });
    }

    private static bool IsHit(StoredCode code, string query) =>
        code.Code.Contains(query, StringComparison.OrdinalIgnoreCase)
        || Words(query) is { Count: > 0 } wanted && wanted.All(word => Words(code.Description).Any(other => IsLike(word, other)));

    /// <summary>A longer word may have one wrong, missing or additional letter.</summary>
    private static bool IsLike(string wanted, string word) =>
        word.StartsWith(wanted, StringComparison.Ordinal) || (wanted.Length >= 5 && Distance(wanted, word) <= 1);

    private static double Likeness(HashSet<string> words, StoredCode code, IEnumerable<LexiconEntry> phrases)
    {
        var known = Words(string.Join(' ', phrases.SelectMany(entry => entry.Terms).Append(code.Description)));
        var shared = words.Count(word => word.Length > 3 && known.Contains(word));
        return shared == 0 ? 0 : (double)shared / (words.Count + known.Count);
    }

    private static HashSet<string> Words(string text) => [.. text.ToLowerInvariant().Split(Between, StringSplitOptions.RemoveEmptyEntries)];

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
