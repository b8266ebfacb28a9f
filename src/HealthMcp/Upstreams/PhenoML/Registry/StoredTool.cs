using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.PhenoML.Registry;

/// <summary>A tool as PhenoML's registry keeps it.</summary>
/// <param name="Parameters">
/// Names of its arguments, in order. The contract leaves the schema open, and the vendor's examples show a map of names and types where MCP has a JSON
/// Schema: both are read.
/// </param>
internal sealed record StoredTool(string Id, string Name, string Description, IReadOnlyList<string> Parameters)
{
    /// <exception cref="JsonException">It is no tool.</exception>
    public static StoredTool Of(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var tool = json.RootElement;
        return new StoredTool(
            Text(tool, "id") ?? throw new JsonException("id expected"), Text(tool, "name") ?? "", Text(tool, "description") ?? "", ParametersOf(tool));
    }

    /// <summary>A row of <c>phenoml.tool.described</c>: names of arguments instead of their schema, and no address.</summary>
    public static ReadOnlyMemory<byte> Row(ReadOnlyMemory<byte> stored)
    {
        using var json = JsonDocument.Parse(stored);
        var row = new JsonObject();
        foreach (var member in json.RootElement.EnumerateObject().Where(member => member.Name is not "input_schema"))
            row[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        row["parameters"] = new JsonArray([.. ParametersOf(json.RootElement).Select(name => (JsonNode)name)]);
        return Encoding.UTF8.GetBytes(row.ToJsonString());
    }

    private static IReadOnlyList<string> ParametersOf(JsonElement tool)
    {
        if (!tool.TryGetProperty("input_schema", out var schema) || schema.ValueKind != JsonValueKind.Object) return [];
        var isSchema = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        return [.. (isSchema ? properties : schema).EnumerateObject().Select(member => member.Name)];
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
