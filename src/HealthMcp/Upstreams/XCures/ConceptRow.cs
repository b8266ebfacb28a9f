using System.Text.Json;

namespace HealthMcp.Upstreams.XCures;

/// <summary>A measured concept says its value twice: as a text with the unit, and in parts. The text goes where the parts say the same.</summary>
internal static class ConceptRow
{
    private static readonly string[] Measured = ["labResult", "vitalsResult"];

    public static ReadOnlyMemory<byte> Once(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var said = Measured.Where(name => Says(json.RootElement, name)).ToList();
        return said.Count == 0 ? row : XCuresRow.Without(row, said);
    }

    private static bool Says(JsonElement concept, string name) =>
        XCuresRow.Text(concept, name) is { } whole && XCuresRow.Text(concept, name + "Value") is { Length: > 0 } value
        && whole == $"{value} {XCuresRow.Text(concept, name + "Unit")}".TrimEnd();
}
