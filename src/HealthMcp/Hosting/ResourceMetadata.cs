using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Hosting;

/// <summary>
/// What this resource publishes of itself (RFC 9728): its name and who issues its tokens, under the root and under its own path.
/// <c>scopes_supported</c> is what a first sign-in needs; wider scopes are asked for when an operation needs them.
/// </summary>
internal sealed class ResourceMetadata(Uri resource, string written, IReadOnlyList<string> issuers, IReadOnlyList<string> scopes)
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Where clients find it; the proxy in front may show another path than the one served here.</summary>
    public Uri Address => new(resource, $"{WellKnown}{resource.AbsolutePath}");

    public void MapTo(WebApplication app, string path)
    {
        var body = new JsonObject
        {
            ["resource"] = written,
            ["resource_name"] = "HealthMcp",
            ["authorization_servers"] = Array(issuers),
            ["scopes_supported"] = Array(scopes),
            ["bearer_methods_supported"] = Array(["header"]),
        }.ToJsonString();

        // Routes match in either case and with or without a slash at the end; two that match alike would answer nothing but a fault.
        foreach (var place in new[] { "", path, resource.AbsolutePath.TrimEnd('/') }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            app.MapMethods($"{WellKnown}{place}", [HttpMethods.Get, HttpMethods.Head], context => WriteAsync(context.Response, body));
        }
    }

    // Public by nature, and clients in a web page need it before they can sign in.
    private static Task WriteAsync(HttpResponse response, string body)
    {
        response.ContentType = "application/json";
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.CacheControl = "public, max-age=300";
        return response.WriteAsync(body);
    }

    private static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);
}
