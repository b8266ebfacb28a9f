using System.Text.Json;
using System.Text.Unicode;

namespace HealthMcp.Access.Tokens;

/// <summary>
/// Reads an object that somebody else wrote and that something is decided by. A name given twice means one thing to one reader and another
/// to the next, so such an object is refused.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static JsonElement? Object(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span)) return null;
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static bool Has(this JsonElement value, string name) => value.TryGetProperty(name, out _);

    /// <summary>Null when the member is missing or no string.</summary>
    public static string? Text(this JsonElement value, string name) => value.TryGetProperty(name, out var member) ? Text(member) : null;

    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON, but no text.
            return null;
        }
    }
}
