using System.Text.Json;

namespace HealthMcp.Catalog;

/// <summary>The manifest that <c>tools --json</c> prints; other programs rely on its form.</summary>
internal static class ToolManifest
{
    public static void Write(Utf8JsonWriter json, IEnumerable<ToolDefinition> tools, IEnumerable<Exclusion> excluded)
    {
        json.WriteStartObject();
        json.WriteStartArray("tools");
        foreach (var tool in tools) Write(json, tool);
        json.WriteEndArray();
        json.WriteStartArray("excluded");
        foreach (var exclusion in excluded)
        {
            json.WriteStartObject();
            json.WriteString("endpoint", exclusion.Endpoint);
            json.WriteString("reason", exclusion.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ToolDefinition tool)
    {
        json.WriteStartObject();
        json.WriteString("name", tool.Name);
        json.WriteString("toolset", tool.Toolset);
        Strings(json, "scopes", tool.Scopes);
        if (tool.ScopesByArgument.Count > 0)
        {
            json.WriteStartObject("scopesByArgument");
            foreach (var (argument, scope) in tool.ScopesByArgument) json.WriteString(argument, scope);
            json.WriteEndObject();
        }

        json.WriteBoolean("readOnly", tool.Hints.ReadOnly);
        json.WriteBoolean("destructive", tool.Hints.Destructive);
        json.WriteBoolean("idempotent", tool.Hints.Idempotent);
        json.WriteBoolean("openWorld", tool.Hints.OpenWorld);
        Strings(json, "effects", tool.Effects);
        Strings(json, "endpoints", tool.Endpoints.Select(e => e.Key).Distinct());
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
