using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Support;

/// <summary>A tool's answer as a client gets it.</summary>
internal sealed record ToolReply(bool IsError, JsonElement Content, string Text)
{
    public JsonElement Data => Content.TryGetProperty("data", out var data) ? data : throw new InvalidOperationException(Text);

    public string? ErrorCode => IsError ? Content.GetProperty("error").GetProperty("code").GetString() : null;

    public string Cursor => Content.GetProperty("page").GetProperty("cursor").GetString()!;

    public string Confirmation => Content.GetProperty("write").GetProperty("confirmation").GetString()!;

    public IReadOnlyList<string> Notices => [.. Content.GetProperty("notices").EnumerateArray().Select(n => n.GetString()!)];

    public IReadOnlyList<JsonElement> Resources() => [.. Data.GetProperty("resources").EnumerateArray()];

    public JsonElement First => Data.ValueKind == JsonValueKind.Array ? Data[0] : Data;
}

internal static class McpClientCalls
{
    public static async Task<ToolReply> ReplyAsync(this McpClient client, string tool, string arguments, bool listens = false)
    {
        var given = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
        var result = await client.CallToolAsync(tool, given, listens ? new Progress<ModelContextProtocol.ProgressNotificationValue>() : null);
        return new ToolReply(result.IsError == true, result.StructuredContent!.Value, result.Content.OfType<TextContentBlock>().Single().Text);
    }
}
