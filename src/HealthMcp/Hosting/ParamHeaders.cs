using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

/// <summary>Checks the Mcp-Param headers of a tool call: one for each argument that the tool's schema marks with x-mcp-header.</summary>
internal sealed class ParamHeaders(Func<string, JsonElement?> inputSchema)
{
    private const string Annotation = "x-mcp-header";

    public static ParamHeaders For(HttpHostHooks hooks, McpServerOptions shared) => new(hooks.InputSchema ?? (name => FromCollection(shared, name)));

    public JsonRpcError? Check(IHeaderDictionary headers, JsonRpcRequest request)
    {
        if (request.Method != RequestMethods.ToolsCall || ModernHeaders.Text((request.Params as JsonObject)?["name"]) is not { } tool)
        {
            return null;
        }

        var arguments = ((JsonObject)request.Params!)["arguments"] as JsonObject;
        foreach (var (argument, header) in Annotated(inputSchema(tool)))
        {
            var name = McpHeaders.ParamPrefix + header;
            if (!Agrees(headers, name, arguments?[argument]))
            {
                return ModernHeaders.Mismatch(request.Id, name);
            }
        }

        return null;
    }

    private static JsonElement? FromCollection(McpServerOptions shared, string name) =>
        shared.ToolCollection?.TryGetPrimitive(name, out var tool) is true ? tool.ProtocolTool.InputSchema : null;

    private static IEnumerable<(string Argument, string Header)> Annotated(JsonElement? schema)
    {
        if (schema is not { ValueKind: JsonValueKind.Object } known || !known.TryGetProperty("properties", out var properties))
        {
            yield break;
        }

        foreach (var property in properties.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty(Annotation, out var header)
                && header.ValueKind == JsonValueKind.String)
            {
                yield return (property.Name, header.GetString()!);
            }
        }
    }

    /// <summary>An argument that is absent or null has no header; any other has one that says the same.</summary>
    private static bool Agrees(IHeaderDictionary headers, string name, JsonNode? argument)
    {
        if (argument is null || !headers.ContainsKey(name))
        {
            return argument is null && !headers.ContainsKey(name);
        }

        var sent = headers.IsRepeated(name) ? null : McpHeaderEncoder.DecodeValue(headers[name].ToString());
        return sent is not null && argument is JsonValue value && Equal(sent, value);
    }

    private static bool Equal(string sent, JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => string.Equals(sent, value.GetValue<string>(), StringComparison.Ordinal),
        JsonValueKind.True => string.Equals(sent, "true", StringComparison.Ordinal),
        JsonValueKind.False => string.Equals(sent, "false", StringComparison.Ordinal),
        JsonValueKind.Number => decimal.TryParse(sent, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var other) && number == other,
        _ => false,
    };
}
