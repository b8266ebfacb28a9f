using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Sandbox.PhenoML.Registry;

/// <summary>
/// A registered MCP server, asked as any MCP client asks one. Only this machine is: the sandbox may be open to strangers, who must not have it reach
/// into networks for them.
/// </summary>
internal static class RemoteServer
{
    /// <summary>Whether an address is one that the sandbox goes to.</summary>
    public static bool IsReachable(Uri url) =>
        url.Scheme is "http" or "https"
        && (url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var number) && IPAddress.IsLoopback(number)));

    /// <returns>The tools that it lists; null when it could not be asked.</returns>
    public static async Task<IReadOnlyList<Tool>?> ToolsAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            await using var client = await ConnectAsync(url, cancellation);
            var tools = await client.ListToolsAsync(cancellationToken: cancellation);
            return [.. tools.Select(tool => tool.ProtocolTool)];
        }
        catch (Exception e) when (e is HttpRequestException or McpException or IOException or TimeoutException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Whether it failed, and its words.</returns>
    public static async Task<(bool Failed, string Text)> CallAsync(string url, string tool, JsonObject arguments, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsReachable(address)) return (true, "The tool's server is not on this machine.");
        try
        {
            await using var client = await ConnectAsync(address, cancellation);
            var given = arguments.ToDictionary(member => member.Key, Value, StringComparer.Ordinal);
            var answer = await client.CallToolAsync(tool, given, cancellationToken: cancellation);
            return (answer.IsError == true, string.Join('\n', answer.Content.OfType<TextContentBlock>().Select(block => block.Text)));
        }
        catch (Exception e) when (e is HttpRequestException or McpException or IOException or TimeoutException or JsonException or InvalidOperationException)
        {
            return (true, "The tool's server could not be reached.");
        }
    }

    private static object? Value(KeyValuePair<string, JsonNode?> member) => JsonElement.Parse(member.Value?.ToJsonString() ?? "null");

    private static Task<McpClient> ConnectAsync(Uri url, CancellationToken cancellation)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = url, TransportMode = HttpTransportMode.StreamableHttp });
        var options = new McpClientOptions { ClientInfo = new Implementation { Name = "phenoml-sandbox", Version = "1" } };
        return McpClient.CreateAsync(transport, options, cancellationToken: cancellation);
    }
}
