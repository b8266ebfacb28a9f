using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Sandbox.Serving;

/// <summary>A request, read completely, with the values of its route.</summary>
internal sealed class Exchange(HttpContext http, Operation operation, IReadOnlyDictionary<string, string> route, byte[] body, Query query, DateTimeOffset now)
{
    public Operation Operation => operation;

    public Query Query => query;

    public byte[] Body => body;

    public DateTimeOffset Now => now;

    /// <summary>Path without the query, as the client wrote it.</summary>
    public string Path => http.Request.PathBase + http.Request.Path;

    public string Origin => $"{http.Request.Scheme}://{http.Request.Host}";

    public string? Bearer => Credentials("Bearer ");

    public string? BasicCredentials => Credentials("Basic ");

    public bool IsJson => http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    public bool IsForm => http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    public string Route(string name) => route[name];

    public string? Header(string name) => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public Query Form() => Query.Parse(System.Text.Encoding.UTF8.GetString(body));

    /// <summary>Null when the body is not a JSON object.</summary>
    public JsonObject? JsonBody()
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string? Credentials(string scheme) =>
        Header("Authorization") is { } value && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? value[scheme.Length..].Trim() : null;
}
