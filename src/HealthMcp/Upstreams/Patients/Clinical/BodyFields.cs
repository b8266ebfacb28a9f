using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Fills a request body; what was not given is left out.</summary>
internal static class BodyFields
{
    public static JsonObject And(this JsonObject body, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value)) body[name] = value.Trim();
        return body;
    }

    public static JsonObject And(this JsonObject body, string name, bool? value)
    {
        if (value is { } given) body[name] = given;
        return body;
    }
}
