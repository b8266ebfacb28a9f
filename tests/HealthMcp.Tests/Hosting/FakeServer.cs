using System.Security.Claims;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using HealthMcp.Hosting;

namespace HealthMcp.Tests.Hosting;

/// <summary>A server with one handler for its tool calls, as the program composes it: no tool collection, handlers only.</summary>
internal sealed class FakeServer
{
    private const string Schema =
        """{"type":"object","properties":{"text":{"type":"string","x-mcp-header":"Text"},"count":{"type":"integer","x-mcp-header":"Count"}}}""";

    /// <summary>Set when the tool "wait" has been entered; it then waits for <see cref="Release"/> or its cancellation.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SubscriptionHub Hub { get; } = new(new SubscriptionsListenNotifications { ToolsListChanged = true, ResourceSubscriptions = [] });

    public static JsonElement? SchemaOf(string tool) => tool == "annotated" ? JsonElement.Parse(Schema) : null;

    public McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation { Name = "fake", Version = "1" },
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability { ListChanged = true } },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult
            {
                Tools = [new Tool { Name = "echo", InputSchema = JsonElement.Parse("""{"type":"object"}""") }],
            }),
            CallToolHandler = CallAsync,
            SubscriptionsListenHandler = Hub.ListenAsync,
        },
    };

    private async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken ct) => request.Params.Name switch
    {
        "echo" => Text($"echo {Argument(request, "text")}"),
        "quotes" => Text("""{"name":"Zoë \\u0022 <b>"}"""),
        "whoami" => Text($"{request.User?.FindFirst("sub")?.Value ?? "nobody"} {request.Server.ClientInfo?.Name} "
            + $"{request.Server.NegotiatedProtocolVersion} {request.Params.ProgressToken}"),
        "wait" => await WaitAsync(ct),
        "stubborn" => await StubbornAsync(),
        "ask" => Text((await request.Server.ElicitAsync(new ElicitRequestParams { Message = "Name?", RequestedSchema = new() }, ct)).Action),
        "explain" => throw new McpException("a text for the caller"),
        _ => throw new InvalidOperationException("a text with 123-45-6789 in it"),
    };

    private async Task<CallToolResult> WaitAsync(CancellationToken ct)
    {
        Entered.TrySetResult();
        try
        {
            await Release.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Cancelled.TrySetResult();
            throw;
        }

        return Text("waited");
    }

    private async Task<CallToolResult> StubbornAsync()
    {
        Entered.TrySetResult();
        await Release.Task;
        return Text("waited");
    }

    private static string? Argument(RequestContext<CallToolRequestParams> request, string name) =>
        request.Params.Arguments?.TryGetValue(name, out var value) is true ? value.ToString() : null;

    private static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    public static ClaimsPrincipal User(string subject) => new(new ClaimsIdentity([new Claim("sub", subject)], "test"));
}
