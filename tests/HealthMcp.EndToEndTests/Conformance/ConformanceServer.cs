using System.ComponentModel;
using System.Reflection;
using HealthMcp.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.EndToEndTests.Conformance;

/// <summary>The fixtures that the conformance suite calls by name, served by the program's own hosts.</summary>
internal static class ConformanceServer
{
    public static SubscriptionHub Hub { get; } =
        new(new SubscriptionsListenNotifications { ToolsListChanged = true, PromptsListChanged = true });

    public static async Task ServeHttpAsync(int port)
    {
        var options = new HttpHostOptions { Urls = [$"http://127.0.0.1:{port}"] };
        await using var app = HttpHost.Build(options, Options(), NullLoggerFactory.Instance);
        await app.RunAsync();
    }

    public static Task ServeStdioAsync() => new StdioHost(Options(), NullLoggerFactory.Instance).RunProcessAsync(CancellationToken.None);

    public static McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation { Name = "conformance-fixtures", Version = "1.0.0" },
        Capabilities = new ServerCapabilities
        {
            Tools = new ToolsCapability { ListChanged = true },
            Prompts = new PromptsCapability { ListChanged = true },
            Resources = new ResourcesCapability { Subscribe = true },
            Completions = new CompletionsCapability(),
            Logging = new LoggingCapability(),
        },
        ToolCollection =
        [
            .. Methods(typeof(ContentTools), typeof(ElicitationTools), typeof(InputRequiredTools), typeof(DiagnosticTools))
                .Select(m => McpServerTool.Create(m)),
            SchemaTools.JsonSchema202012(),
            SchemaTools.CustomHeaders(),
        ],
        PromptCollection = [.. Methods(typeof(ConformancePrompts)).Select(m => McpServerPrompt.Create(m))],
        ResourceCollection = [.. Methods(typeof(ConformanceResources)).Select(m => McpServerResource.Create(m))],
        Handlers = new McpServerHandlers
        {
            CompleteHandler = (_, _) => ValueTask.FromResult(new CompleteResult
            {
                Completion = new Completion { Values = ["paris", "park", "party"], Total = 3, HasMore = false },
            }),
            SubscribeToResourcesHandler = (_, _) => ValueTask.FromResult(new EmptyResult()),
            UnsubscribeFromResourcesHandler = (_, _) => ValueTask.FromResult(new EmptyResult()),
            SetLoggingLevelHandler = (_, _) => ValueTask.FromResult(new EmptyResult()),
            SubscriptionsListenHandler = Hub.ListenAsync,
        },
    };

    private static IEnumerable<MethodInfo> Methods(params Type[] types) =>
        types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(DescriptionAttribute)));
}
