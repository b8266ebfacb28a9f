using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Requests to Construe about one code system.</summary>
internal sealed class CodeCatalog(UpstreamClient client, CallContext call)
{
    public static UpstreamRequest About(Endpoint endpoint, string system, string? version) =>
        new UpstreamRequest(endpoint).Route("codesystem", system).Query("version", version);

    /// <exception cref="CallFailureException">It failed, or there is no such code system.</exception>
    public async Task<UpstreamResponse> AskAsync(UpstreamRequest request, string argument, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(request, call, cancellation, CodeFailures.IsOwn);
        return answer.Status < 400 ? answer : throw CodeFailures.Of(answer, argument);
    }

    /// <summary>Null when there is none of the name and version.</summary>
    public async Task<CodeSystemState?> FindAsync(string system, string? version, string argument, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(About(CodeEndpoints.Find, system, version), call, cancellation, CodeFailures.IsOwn);
        return answer.Status switch
        {
            404 => null,
            >= 400 => throw CodeFailures.Of(answer, argument),
            _ => answer.Read(CodeSystemState.Of),
        };
    }
}

/// <summary>A code system as last read.</summary>
internal sealed record CodeSystemState(ReadOnlyMemory<byte> Row, string Status, bool IsBuiltIn, long Codes, string? Updated)
{
    public bool IsProcessing => Status == "processing";

    /// <exception cref="JsonException">It is not an object.</exception>
    public static CodeSystemState Of(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("code system expected");
        return new CodeSystemState(
            row,
            Text(root, "status") ?? "",
            root.TryGetProperty("builtin", out var builtin) && builtin.ValueKind == JsonValueKind.True,
            root.TryGetProperty("code_count", out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var codes) ? codes : 0,
            Text(root, "updated_at"));
    }

    /// <summary>What is known of one that was not read back.</summary>
    public static ReadOnlyMemory<byte> Named(string name, string version) => JsonRow.Of(json =>
    {
        json.WriteString("name", name);
        json.WriteString("version", version);
    });

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
