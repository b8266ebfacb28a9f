using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>Records as a caller is shown them around a write: before it, as they will read back, and as they were stored.</summary>
internal static class RecordView
{
    private const string Reference = "_uuid";

    /// <summary>A new record as it will read back, for the person or model that approves it.</summary>
    public static byte[] Of(NewRecord record, FoundPatient? patient, bool words)
    {
        var row = new JsonObject();
        if (patient is not null) row["patient"] = new JsonObject { ["id"] = patient.Id, ["name"] = patient.Label };
        Put(record.Place, Object(record.Body), row, record.Names, words);
        return row.Bytes();
    }

    /// <summary>The record as it is seen, and as it will be; as it is seen alone where no field changes, as in archiving.</summary>
    public static byte[] Of(RecordChange change, bool words)
    {
        if (change.Fields.Count == 0) return new JsonObject { ["before"] = Object(change.Seen) }.Bytes();
        var after = Object(change.Seen);
        Put(change.Place, change.Fields, after, change.Names, words);
        foreach (var judged in change.Place.Judged) after.Remove(judged);
        return Change(change, "after", after).Bytes();
    }

    /// <summary>All of a change, for the person who approves it; without what every write moves and what the API will judge anew.</summary>
    public static ReadOnlyMemory<byte> ForPerson(RecordChange change)
    {
        if (change.Fields.Count == 0) return Of(change, words: true);
        var (before, after) = (Object(change.Seen), Object(change.Seen));
        Put(change.Place, change.Fields, after, change.Names, words: true);
        foreach (var moved in (string[])[.. change.Place.Judged, "version", "updated_at"])
        {
            before.Remove(moved);
            after.Remove(moved);
        }

        return new JsonObject { ["before"] = before, ["after"] = after }.Bytes();
    }

    /// <summary>The record as it was seen, and as it stands now, after this change or somebody else's.</summary>
    /// <param name="change">What was asked for.</param>
    /// <param name="name">"after" for this change, "now" for somebody else's.</param>
    /// <param name="row">The record as it stands.</param>
    /// <param name="words">The caller's words come along.</param>
    public static byte[] Of(RecordChange change, string name, ReadOnlyMemory<byte> row, bool words) =>
        Change(change, name, Object(words ? row : WithoutWords(change.Place, change.Body(), row))).Bytes();

    /// <summary>The stored record without what the caller wrote in words.</summary>
    public static ReadOnlyMemory<byte> WithoutWords(RecordPlace place, ReadOnlyMemory<byte> sent, ReadOnlyMemory<byte> row)
    {
        var written = Object(sent);
        var record = Object(row);
        var words = place.Words.Where(written.ContainsKey).ToList();
        foreach (var name in words) record.Remove(name);
        var texts = words.Select(name => Authorship.Unsigned(Text(written[name]) ?? "").Trim()).Where(text => text.Length > 0).ToList();
        foreach (var said in place.OnlyOnCreate.SelectMany(name => record[name] as JsonArray ?? [])) Unsay(said as JsonObject ?? [], texts);
        return record.Bytes();
    }

    // A warning may repeat the name of the medication as the caller wrote it.
    private static void Unsay(JsonObject said, List<string> texts)
    {
        var repeated = said.Where(member => texts.Exists(text => Text(member.Value)?.Contains(text, StringComparison.OrdinalIgnoreCase) == true))
            .Select(member => member.Key)
            .ToList();
        foreach (var name in repeated) said.Remove(name);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The stored record with what only the answer to the create said.</summary>
    public static ReadOnlyMemory<byte> WithAnswerOf(RecordPlace place, ReadOnlyMemory<byte> answer, ReadOnlyMemory<byte> row)
    {
        if (place.OnlyOnCreate.Count == 0) return row;
        var (said, record) = (Object(answer), Object(row));
        foreach (var name in place.OnlyOnCreate.Where(name => said[name] is not null)) record[name] = said[name]!.DeepClone();
        return record.Bytes();
    }

    /// <summary>Names of the fields in which two versions of a record differ, but for what every write moves.</summary>
    public static IReadOnlyList<string> Differences(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        var (left, right) = (Object(one), Object(other));
        return [.. left.Select(field => field.Key)
            .Union(right.Select(field => field.Key), StringComparer.Ordinal)
            .Where(name => name is not ("version" or "updated_at") && !JsonNode.DeepEquals(left[name], right[name]))];
    }

    private static JsonObject Change(RecordChange change, string name, JsonObject row) => new()
    {
        ["before"] = Object(change.Seen),
        [name] = row,
    };

    private static void Put(RecordPlace place, JsonObject sent, JsonObject row, IReadOnlyDictionary<string, string> names, bool words)
    {
        foreach (var (name, value) in sent)
        {
            if (name.EndsWith(Reference, StringComparison.Ordinal) && value?.GetValueKind() == System.Text.Json.JsonValueKind.String)
            {
                row[name[..^Reference.Length]] = Referred(value.GetValue<string>(), names);
            }
            else if (!words && place.Words.Contains(name, StringComparer.Ordinal)) row.Remove(name);
            else if (value is not null && place.DecimalTexts.Contains(name, StringComparer.Ordinal)) row[name] = value.ToJsonString();
            else row[name] = value?.DeepClone();
        }
    }

    private static JsonObject Referred(string id, IReadOnlyDictionary<string, string> names)
    {
        var reference = new JsonObject { ["id"] = id };
        if (names.TryGetValue(id, out var known)) reference["name"] = known;
        return reference;
    }

    private static JsonObject Object(ReadOnlyMemory<byte> json) => JsonNode.Parse(json.Span) as JsonObject ?? [];
}
