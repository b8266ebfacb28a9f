using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>
/// Says in a record's own texts that an AI wrote them: the API has no field for authors. A text that is not written now is left alone, for it is somebody
/// else's; fields that programs compare (a dose, a reaction) get no words of ours.
/// </summary>
internal static class SignedFields
{
    /// <summary>A new record as it is sent.</summary>
    public static ReadOnlyMemory<byte> Of(RecordPlace place, ReadOnlyMemory<byte> body, Authorship? author)
    {
        if (author is null || place.Texts.Count == 0) return body;
        var fields = JsonNode.Parse(body.Span)!.AsObject();
        Sign(place, fields, author);
        if (place.Note is { } note && Written(place, fields).TrueForAll(one => one.Name != note)) fields[note] = author.Mark;
        return fields.Bytes();
    }

    /// <summary>The fields of a change as they are sent.</summary>
    /// <param name="place">The record.</param>
    /// <param name="fields">What changes.</param>
    /// <param name="author">Who writes it.</param>
    /// <param name="seen">The record as it is; left out where it is withheld from the caller, who would be told whether a guess is right.</param>
    public static JsonObject Of(RecordPlace place, JsonObject fields, Authorship? author, ReadOnlyMemory<byte> seen = default)
    {
        if (author is null) return fields;
        var signed = (JsonObject)fields.DeepClone();
        Sign(place, signed, author);
        if (seen.IsEmpty || JsonNode.Parse(seen.Span) is not JsonObject stored) return signed;

        // Words that stand there without a mark are somebody else's, also when they are sent once more.
        foreach (var (name, there) in Written(place, stored))
            if (Authorship.Unsigned(there) == there && signed[name] is { } sent && sent.GetValueKind() == JsonValueKind.String
                && Authorship.Unsigned(sent.GetValue<string>()).Trim() == there.Trim()) signed[name] = there;
        return signed;
    }

    /// <summary>A record or request without what was signed, so that two of them can be compared by what they say.</summary>
    public static ReadOnlyMemory<byte> Without(RecordPlace place, ReadOnlyMemory<byte> json)
    {
        if (place.Texts.Count == 0 || JsonNode.Parse(json.Span) is not JsonObject fields) return json;
        foreach (var (name, text) in Written(place, fields))
        {
            if (Authorship.Unsigned(text).Trim() is { Length: > 0 } words) fields[name] = words;
            else fields.Remove(name);
        }

        return fields.Bytes();
    }

    /// <summary>How the record says it; null where it need not, and for a kind of record that never does: its tools say why.</summary>
    /// <param name="place">The record.</param>
    /// <param name="sent">What is sent of it.</param>
    /// <param name="author">Who writes it.</param>
    public static string? Says(RecordPlace place, JsonObject sent, Authorship? author)
    {
        if (author is null) return null;
        var signed = Written(place, sent).Where(one => one.Text.EndsWith(author.Mark, StringComparison.Ordinal)).Select(one => one.Name).ToList();
        if (signed.Count > 0) return $"{string.Join(" and ", signed)} will end in {author.Mark}";
        return place.Texts.Count > 0 ? $"{Authorship.NotCarried}: no free text of the record is written." : null;
    }

    private static void Sign(RecordPlace place, JsonObject fields, Authorship author)
    {
        foreach (var (name, text) in Written(place, fields)) fields[name] = author.Sign(text);
    }

    // An empty text takes away what stands there: a mark would be all that is left.
    private static List<(string Name, string Text)> Written(RecordPlace place, JsonObject fields) =>
        [.. place.Texts.Where(name => fields[name]?.GetValueKind() == JsonValueKind.String).Select(name => (name, fields[name]!.GetValue<string>()))
            .Where(one => !string.IsNullOrWhiteSpace(one.Item2))];
}
