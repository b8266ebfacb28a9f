using System.Text.Json;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Turns codes with citations round: one row for each span of the text, with the codes that it gave.</summary>
internal static class CitationGroups
{
    private sealed record Span(string Text, int Begin, int End, bool Verified);

    /// <summary>In the order of the text; codes without a span (parents of others) stand together at the end.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(IReadOnlyList<ReadOnlyMemory<byte>> codes)
    {
        var found = codes.SelectMany(code => Spans(code).DefaultIfEmpty(null).Select(span => (Span: span, Code: code)))
            .GroupBy(one => one.Span, one => one.Code)
            .OrderBy(group => group.Key is null)
            .ThenBy(group => group.Key?.Begin)
            .ThenBy(group => group.Key?.End);
        return [.. found.Select(group => Row(group.Key, [.. group]))];
    }

    private static List<Span?> Spans(ReadOnlyMemory<byte> code)
    {
        using var json = JsonDocument.Parse(code);
        return json.RootElement.TryGetProperty("citations", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Of).Distinct()]
            : [];
    }

    // Written by CitationCheck, so all of it is there.
    private static Span Of(JsonElement citation) => new(
        citation.GetProperty("text").GetString()!,
        citation.GetProperty("begin_offset").GetInt32(),
        citation.GetProperty("end_offset").GetInt32(),
        citation.GetProperty("verified").GetBoolean());

    private static ReadOnlyMemory<byte> Row(Span? span, IReadOnlyList<ReadOnlyMemory<byte>> codes) => JsonRow.Of(json =>
    {
        if (span is not null)
        {
            json.WriteString("text", span.Text);
            json.WriteNumber("begin_offset", span.Begin);
            json.WriteNumber("end_offset", span.End);
            json.WriteBoolean("verified", span.Verified);
        }

        json.WriteStartArray("codes");
        foreach (var code in codes) Code(json, code);
        json.WriteEndArray();
    });

    private static void Code(Utf8JsonWriter json, ReadOnlyMemory<byte> code)
    {
        using var document = JsonDocument.Parse(code);
        json.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject().Where(member => !member.NameEquals("citations"))) member.WriteTo(json);
        json.WriteEndObject();
    }
}
