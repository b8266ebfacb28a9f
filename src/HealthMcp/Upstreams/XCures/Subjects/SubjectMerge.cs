using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>
/// A subject as it is to be after a change. The vendor's documents disagree on whether a PUT empties what it leaves out, so all that may be
/// written is sent: what was read, with the changes put in.
/// </summary>
/// <param name="Body">What is sent.</param>
/// <param name="Before">The changed fields as they were read.</param>
/// <param name="After">The changed fields as they will be.</param>
/// <param name="Version">Changes when any field that is sent changes, or the record's own stamp.</param>
internal sealed record SubjectMerge(JsonObject Body, JsonObject Before, JsonObject After, string Version)
{
    private static readonly string[] Writable =
    [
        "firstName", "middleName", "lastName", "email", "birthDate", "deathDate", "gender", "addressLine1", "addressLine2", "addressCity",
        "addressState", "addressPostalCode", "phoneNumber", "externalIdentifiers", "labels", "additionalNames", "additionalAddresses", "tags",
    ];

    private static readonly string[] OfTag = ["id", "projectTagId", "valueText", "valueNumber", "valueDate", "valueBoolean"];

    public static SubjectMerge Of(JsonObject record, JsonObject changes, IReadOnlyCollection<string> clear)
    {
        var (body, before, after) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var name in Writable)
        {
            var changed = changes.ContainsKey(name);
            var old = Sendable(name, record[name]);
            if ((changed || clear.Contains(name)) && old is not null) before[name] = old.DeepClone();
            if (changed) after[name] = changes[name]!.DeepClone();
            if (changed) body[name] = changes[name]!.DeepClone();
            else if (old is not null && !clear.Contains(name)) body[name] = old.DeepClone();
        }

        return new(body, before, after, VersionOf(record));
    }

    /// <summary>Names of what changes, in the contract's order; never whether a value differs, which would confirm a guess.</summary>
    public static IReadOnlyList<string> Named(JsonObject changes, IReadOnlyCollection<string> clear) =>
        [.. Writable.Where(name => changes.ContainsKey(name) || clear.Contains(name))];

    /// <exception cref="CallFailureException">A field is to be set and emptied at once, or nothing is to be done.</exception>
    public static void Check(JsonObject changes, IReadOnlyCollection<string> clear)
    {
        if (changes.Count == 0 && clear.Count == 0) throw CallFailureException.Invalid("changes", "Give at least one field in changes, or one in clear.");
        if (clear.FirstOrDefault(changes.ContainsKey) is { } both)
            throw CallFailureException.Invalid("clear", $"{both} stands in changes and in clear: give it in one of them.");
    }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SubjectMerge);

    private static string VersionOf(JsonObject record)
    {
        var seen = new JsonObject { ["updated"] = record["updated"]?.DeepClone() };
        foreach (var name in Writable) seen[name] = Sendable(name, record[name]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seen.ToJsonString())));
    }

    // The contract's list of genders has null without allowing it; an empty field is left out instead.
    private static JsonNode? Sendable(string name, JsonNode? value) => name != "tags" || value is not JsonArray tags
        ? value?.DeepClone()
        : new JsonArray([.. tags.OfType<JsonObject>().Select(tag => Only(tag, OfTag))]);

    private static JsonNode Only(JsonObject of, string[] names)
    {
        var kept = new JsonObject();
        foreach (var name in names) if (of[name] is { } value) kept[name] = value.DeepClone();
        return kept;
    }
}
