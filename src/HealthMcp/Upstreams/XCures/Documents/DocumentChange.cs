using System.Text.Json;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>A change of a document's record: what is there now, and what the caller gave over it.</summary>
/// <param name="Before">The record as it was read.</param>
/// <param name="Fields">Every field that can be changed, as it was and as it will be.</param>
/// <param name="Given">Names of the fields that the caller gave.</param>
internal sealed record DocumentChange(
    ReadOnlyMemory<byte> Before, IReadOnlyList<(string Name, string? Old, string? New)> Fields, IReadOnlyList<string> Given)
{
    /// <summary>
    /// Names of the fields that get another value; where values are withheld those that were given, because whether a value differs
    /// would tell whether a guess was right.
    /// </summary>
    public IReadOnlyList<string> Changed(bool visible) => visible ? [.. Fields.Where(one => one.Old != one.New).Select(one => one.Name)] : Given;

    public static DocumentChange Of(ReadOnlyMemory<byte> before, UpdateDocumentInput input) => new(before,
    [
        Field(before, "documentName", input.DocumentName?.Trim()),
        Field(before, "documentLocation", input.DocumentLocation?.Trim()),
        ("documentDate", Day(XCuresRow.Text(before, "documentDate")), input.DocumentDate ?? Day(XCuresRow.Text(before, "documentDate"))),
    ],
    [.. new[] { ("documentName", input.DocumentName), ("documentLocation", input.DocumentLocation), ("documentDate", input.DocumentDate) }
        .Where(one => one.Item2 is not null)
        .Select(one => one.Item1)]);

    /// <summary>Every field that can be changed, because whether the vendor keeps or clears what is left out is not documented.</summary>
    public ReadOnlyMemory<byte> Body() => XCuresRow.Of(json =>
    {
        foreach (var (name, _, value) in Fields) json.Maybe(name, value);
    });

    /// <param name="words">Whether the caller's own words may be repeated; which of them redaction would withhold tells whose record it is.</param>
    public ReadOnlyMemory<byte> Preview(bool words) => XCuresRow.Of(json =>
    {
        json.Strings("changed", Changed(words));
        json.WritePropertyName("before");
        json.WriteRawValue(Before.Span);
        if (!words) return;
        json.WriteStartObject("after");
        foreach (var (name, _, value) in Fields) json.Maybe(name, value);
        json.WriteEndObject();
    });

    /// <summary>The fields that are sent, as they are and as they will be.</summary>
    public ReadOnlyMemory<byte> ForPerson() => XCuresRow.Of(json =>
    {
        json.WriteStartObject("before");
        foreach (var (name, old, _) in Fields) json.Maybe(name, old);
        json.WriteEndObject();
        json.WriteStartObject("after");
        foreach (var (name, _, value) in Fields) json.Maybe(name, value);
        json.WriteEndObject();
    });

    public bool Holds(ReadOnlyMemory<byte> stored) => Fields.All(field =>
        (field.Name == "documentDate" ? Day(XCuresRow.Text(stored, field.Name)) : XCuresRow.Text(stored, field.Name)) == field.New);

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(DocumentChange);

    private static (string Name, string? Old, string? New) Field(ReadOnlyMemory<byte> before, string name, string? given) =>
        (name, XCuresRow.Text(before, name), given ?? XCuresRow.Text(before, name));

    // Answered with a time, taken without one.
    private static string? Day(string? date) => date is { Length: >= 10 } ? date[..10] : null;
}
