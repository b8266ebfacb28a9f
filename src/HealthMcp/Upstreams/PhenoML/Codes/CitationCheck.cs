using System.Buffers;
using System.Text.Json;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>
/// Rewrites the offsets of citations to UTF-16 code units of the text as the caller gave it, and says whether the span was really found in what was sent. A
/// span that crosses a passage which was replaced before sending is not the caller's own words, so it counts as not found.
/// Not thread-safe: one check belongs to one answer.
/// </summary>
internal sealed class CitationCheck(OutboundText text)
{
    private readonly TextSpans _spans = new(text.Sent);
    private int _unverified;

    public IEnumerable<string> Notices() =>
        _unverified == 0 ? [] : ["Some citations were not found in the text as sent; they carry verified false and should not be relied on."];

    /// <exception cref="JsonException">The row is not an object.</exception>
    public ReadOnlyMemory<byte> Correct(ReadOnlyMemory<byte> row)
    {
        using var document = JsonDocument.Parse(row);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("code expected");
        if (!document.RootElement.TryGetProperty("citations", out var list) || list.ValueKind != JsonValueKind.Array) return row;
        var bytes = new ArrayBufferWriter<byte>(row.Length + 64);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject()) Write(json, member);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private void Write(Utf8JsonWriter json, JsonProperty member)
    {
        if (!member.NameEquals("citations") || member.Value.ValueKind != JsonValueKind.Array)
        {
            member.WriteTo(json);
            return;
        }

        json.WriteStartArray("citations");
        foreach (var citation in member.Value.EnumerateArray()) Citation(json, citation);
        json.WriteEndArray();
    }

    private void Citation(Utf8JsonWriter json, JsonElement citation)
    {
        if (citation.ValueKind != JsonValueKind.Object) throw new JsonException("citation expected");
        var quote = citation.TryGetProperty("text", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
        var begin = Number(citation, "begin_offset");
        var end = Number(citation, "end_offset");
        var found = _spans.Find(quote, begin, end) is { } at ? text.Back(at, at + quote.Length) : (GivenSpan?)null;
        var verified = found is { IsExact: true };
        if (!verified) _unverified++;
        json.WriteStartObject();
        json.WriteString("text", quote);
        json.WriteNumber("begin_offset", found?.Start ?? begin);
        json.WriteNumber("end_offset", found?.End ?? end);
        json.WriteBoolean("verified", verified);
        json.WriteEndObject();
    }

    private static int Number(JsonElement citation, string name) =>
        citation.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
