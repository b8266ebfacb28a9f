using System.Text.Json;
using ModelContextProtocol.Server;

namespace HealthMcp.EndToEndTests.Conformance;

/// <summary>Tools of which only the input schema matters.</summary>
internal static class SchemaTools
{
    private const string Schema202012 = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": {
            "address": {
              "$anchor": "addressDef",
              "type": "object",
              "properties": { "street": { "type": "string" }, "city": { "type": "string" } }
            }
          },
          "properties": {
            "name": { "type": "string" },
            "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": { "type": "string" },
            "email": { "type": "string" }
          },
          "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
          "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
          "then": { "required": ["phone"] },
          "else": { "required": ["email"] },
          "additionalProperties": false
        }
        """;

    private const string HeaderSchema = """
        {
          "type": "object",
          "properties": {
            "region": { "type": "string", "x-mcp-header": "Region" },
            "priority": { "type": "integer", "x-mcp-header": "Priority" },
            "verbose": { "type": "boolean", "x-mcp-header": "Verbose" }
          }
        }
        """;

    public static McpServerTool JsonSchema202012() => Create("json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features", Schema202012);

    public static McpServerTool CustomHeaders() => Create("test_header_arguments", "Has arguments that clients repeat in headers.", HeaderSchema);

    private static McpServerTool Create(string name, string description, string schema)
    {
        var tool = McpServerTool.Create(() => "ok", new McpServerToolCreateOptions { Name = name, Description = description });
        tool.ProtocolTool.InputSchema = JsonElement.Parse(schema);
        return tool;
    }
}
