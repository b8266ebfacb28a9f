using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.XCures.Checklists;

/// <summary>
/// Takes an evaluation apart: what holds for all of it, and one row for each question. Of a question's <c>result</c>, an object of which the contract
/// names no member, what it is known to have by documentation (an answer and a justification) becomes a text; the rest stays out.
/// </summary>
internal static class ChecklistAnswers
{
    // Always empty, says the contract; of no declared form; and which entry of the vendor's library it was made from, which no tool takes.
    private static readonly string[] Apart = ["matchingRecords", "result", "checklistItemDefinitionId"];

    // Rows of their own, and the union of what these name.
    private static readonly string[] Union = ["items", "documentIds"];

    private static readonly string[] Known = ["answer", "justification"];

    /// <exception cref="JsonException">It is no evaluation.</exception>
    public static (ReadOnlyMemory<byte> Evaluation, IReadOnlyList<ReadOnlyMemory<byte>> Items) Of(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (!json.RootElement.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array) throw new JsonException("items expected");
        return (XCuresRow.Without(body, Union), [.. Rows.At(body, "items").Select(Item)]);
    }

    private static ReadOnlyMemory<byte> Item(ReadOnlyMemory<byte> row) => XCuresRow.Of(json =>
    {
        using var given = JsonDocument.Parse(row);
        var sections = Documents(given.RootElement, "documentSections");
        var repeated = Documents(given.RootElement, "documentIds").IsSubsetOf(sections);
        foreach (var member in given.RootElement.EnumerateObject())
        {
            if (!Apart.Contains(member.Name, StringComparer.Ordinal) && !(repeated && member.Name == "documentIds")) member.WriteTo(json);
        }

        if (!given.RootElement.TryGetProperty("result", out var result)) return;
        foreach (var name in Known) json.Maybe(name, XCuresRow.Text(result, name));
    });

    // The sections name their documents, so that the list of these says it again.
    private static HashSet<string> Documents(JsonElement item, string name) =>
        !item.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array ? []
            : [.. list.EnumerateArray().Select(IdOf).OfType<string>()];

    private static string? IdOf(JsonElement one) => one.ValueKind == JsonValueKind.String ? one.GetString() : XCuresRow.Text(one, "documentId");
}
