using System.Text;
using System.Text.Json;
using HealthMcp.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthMcp.Tests.Hosting;

/// <summary>Runs the stdio host over a whole input given at once, and reads what it wrote as lines of JSON.</summary>
internal static class StdioSession
{
    public const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}},"clientInfo":{"name":"t","version":"1"}}}""";

    public const string Meta =
        """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"}}""";

    public static string Call(int id, string tool, string arguments = "{}") =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}},"_meta":{{{Meta}}} } }""";

    public static Task<IReadOnlyList<JsonElement>> RunAsync(string input, FakeServer? server = null, StdioHostOptions? limits = null) =>
        RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), server, limits);

    public static async Task<IReadOnlyList<JsonElement>> RunAsync(Stream input, FakeServer? server = null, StdioHostOptions? limits = null)
    {
        using var output = new MemoryStream();
        var host = new StdioHost((server ?? new FakeServer()).Options(), NullLoggerFactory.Instance, limits: limits);
        await host.RunAsync(input, output, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    public static int Code(this JsonElement message) => message.GetProperty("error").GetProperty("code").GetInt32();

    public static string Text(this JsonElement message) => message.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;

    public static JsonElement Answer(this IEnumerable<JsonElement> messages, int id) =>
        messages.Single(message => message.TryGetProperty("id", out var own)
            && own.ValueKind == JsonValueKind.Number
            && own.GetInt32() == id
            && !message.TryGetProperty("method", out _));
}
