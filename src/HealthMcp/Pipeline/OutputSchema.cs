using System.Collections.Concurrent;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Pipeline;

/// <summary>JSON Schema 2020-12 of what <see cref="AnswerWriter"/> and <see cref="ErrorContent"/> write, with the tool's own <c>data</c>.</summary>
internal static class OutputSchema
{
    private static readonly ConcurrentDictionary<string, JsonElement> Made = new(StringComparer.Ordinal);

    private const string Write = """
        "write":{"type":"object","properties":{"status":{"enum":["preview","approval_needed","done","already_written","partly_done","conflict"]},"says":{"type":"string"},"authorship":{"type":"string"},"confirmation":{"type":"string"},"link":{"type":"string"},"next":{"type":"string"},"verified":{"type":"boolean"},"warnings":{"type":"array","items":{"type":"string"}}},"required":["status"]},
        """;

    private const string Common = """
        "common":{"type":"object","description":"Members that all rows have alike, told here once (by section where data has sections): whose record, by whom, when."},
        """;

    private const string Envelope = """
        "page":{"type":"object","properties":{"returned":{"type":"integer"},"total":{"type":"integer"},"totals":{"type":"object"},"cursor":{"type":"string"}},"required":["returned"]},
        "source":{"type":"object","properties":{"system":{"type":"string"},"kind":{"enum":["live","sandbox"]},"asOf":{"type":"string"}},"required":["system","kind","asOf"]},
        "privacy":{"type":"object","properties":{"level":{"enum":["deidentified","limited","identified"]},"purpose":{"type":"string"},"withheld":{"type":"object","additionalProperties":{"type":"integer"}},"toSeeMore":{"type":"string"}},"required":["level"]},
        "notices":{"type":"array","items":{"type":"string"}},
        "error":{"type":"object","properties":{"code":{"type":"string"},"message":{"type":"string"},"argument":{"type":"string"},"retryable":{"type":"boolean"},"missingScopes":{"type":"array","items":{"type":"string"}}},"required":["code","message"]}
        """;

    public static JsonElement Of(ToolDefinition tool) => Made.GetOrAdd(tool.Name, _ => JsonElement.Parse(
        $$"""{"type":"object","properties":{"data":{{tool.DataSchema}},{{(tool.ChangesState ? Write : Common)}}{{Envelope}}}"""
        + ""","anyOf":[{"required":["data","source","privacy","notices"]},{"required":["error"]}]}"""));
}
