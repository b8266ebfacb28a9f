using System.Buffers;
using System.Text.Json;

namespace HealthMcp.Pipeline;

/// <summary>
/// Leaves out of a row that was read what says nothing: members that are null or empty, and of FHIR what its own specification calls a repetition
/// (decision 0020). Nothing in a list is left out, because places in a list count.
/// </summary>
internal static class Compaction
{
    /// <returns>The row itself where there is nothing to leave out.</returns>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> row)
    {
        if (!MaySayNothing(row.Span)) return row;
        using var json = JsonDocument.Parse(row);
        if (json.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return row;
        var buffer = new ArrayBufferWriter<byte>(row.Length);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Writing)) Write(json.RootElement, writer, atFhir: IsResource(json.RootElement));
        return buffer.WrittenCount < row.Length ? buffer.WrittenMemory : row;
    }

    // Most rows hold none of it, and looking for it costs far less than taking the row apart.
    private static bool MaySayNothing(ReadOnlySpan<byte> row) =>
        row.IndexOf("null"u8) >= 0 || row.IndexOf("[]"u8) >= 0 || row.IndexOf("{}"u8) >= 0 || row.IndexOf("\"\""u8) >= 0
        || row.IndexOf("\"resourceType\""u8) >= 0;

    private static void Write(JsonElement value, Utf8JsonWriter json, bool atFhir)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(member => Says(member.Value) && !(atFhir && IsRepeated(value, member))))
                {
                    json.WritePropertyName(member.Name);
                    Write(member.Value, json, atFhir || IsResource(member.Value));
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(item, json, atFhir || IsResource(item));
                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static bool Says(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.String => !value.ValueEquals(""),
        JsonValueKind.Array => value.EnumerateArray().Any(Says),
        JsonValueKind.Object => value.EnumerateObject().Any(member => Says(member.Value)),
        _ => true,
    };

    private static bool IsRepeated(JsonElement of, JsonProperty member) => member.Name switch
    {
        "text" => IsGenerated(member.Value) || IsDisplay(of, member.Value),
        "profile" => of.TryGetProperty("versionId", out _) || of.TryGetProperty("lastUpdated", out _),
        "code" => IsUnit(of, member.Value),
        "display" => IsWord(of, member.Value),
        _ => false,
    };

    // "The contents of the narrative are entirely generated from the core elements in the content" (R4, valueset-narrative-status).
    private static bool IsGenerated(JsonElement text) =>
        text.ValueKind == JsonValueKind.Object && text.TryGetProperty("div", out _) && Is(text, "status", "generated");

    // A concept's text that one of its codings shows too.
    private static bool IsDisplay(JsonElement concept, JsonElement text) =>
        text.ValueKind == JsonValueKind.String && concept.TryGetProperty("coding", out var codings) && codings.ValueKind == JsonValueKind.Array
        && codings.EnumerateArray().Any(coding => Is(coding, "display", text.GetString()!));

    // A word that is its own code, such as active.
    private static bool IsWord(JsonElement coding, JsonElement display) =>
        display.ValueKind == JsonValueKind.String && coding.TryGetProperty("system", out _) && coding.TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.String && string.Equals(code.GetString(), display.GetString(), StringComparison.OrdinalIgnoreCase);

    // A quantity whose unit is its UCUM code written out in the same letters.
    private static bool IsUnit(JsonElement quantity, JsonElement code) =>
        code.ValueKind == JsonValueKind.String && quantity.TryGetProperty("value", out _) && Is(quantity, "unit", code.GetString()!)
        && Is(quantity, "system", "http://unitsofmeasure.org");

    private static bool IsResource(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String;

    private static bool Is(JsonElement of, string name, string text) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
