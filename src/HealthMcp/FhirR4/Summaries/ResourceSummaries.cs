using System.Text.Json;

namespace HealthMcp.FhirR4.Summaries;

/// <summary>
/// Resources as lines. Takes redacted rows only: a line is made of what the reader of the resource would see, and of nothing else. The order stays;
/// resources of one patient whose lines are alike are folded into the first.
/// </summary>
internal static class ResourceSummaries
{
    /// <param name="sections">Rows of every section of an answer: references are resolved across them.</param>
    public static IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> Of(IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> sections)
    {
        var parsed = sections.Select(rows => rows.Select(Read).ToList()).ToList();
        var labels = new Labels(parsed.SelectMany(rows => rows));
        return [.. parsed.Select(rows => Folded([.. rows.Select(row => Summary.Of(row, labels))]))];
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Folded(IReadOnlyList<Summary> rows) =>
        [.. rows.GroupBy(row => row.Alike).Select(alike => alike.First().Write([.. alike.Skip(1).Select(row => row.Id).OfType<string>()], alike.Count()))];

    private static JsonElement Read(ReadOnlyMemory<byte> row)
    {
        // Not disposed: the elements are read until the answer is written, and the garbage collector takes them with it.
        return JsonDocument.Parse(row).RootElement;
    }
}
