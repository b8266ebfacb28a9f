using System.ComponentModel;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.EndToEndTests.Conformance;

/// <summary>Tools that only make a behaviour of the server visible.</summary>
internal static class DiagnosticTools
{
    [McpServerTool(Name = "test_missing_capability"), Description("Needs the sampling capability of the client.")]
    public static string MissingCapability(RequestContext<CallToolRequestParams> context) => context.Server.ClientCapabilities?.Sampling is not null
        ? "The client can sample."
        : throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new SamplingCapability() });

    [McpServerTool(Name = "test_streaming_elicitation"), Description("Asks nothing on its own response stream.")]
    public static string Streaming() => "Only results here.";

    [McpServerTool(Name = "test_logging_tool"), Description("Logs to the client, which must have asked for it.")]
    public static string Logging(RequestContext<CallToolRequestParams> context)
    {
        Log(context, "test_logging_tool was called");
        return "Logging was tried.";
    }

    [McpServerTool(Name = "test_trigger_tool_change"), Description("Announces a change of the tools.")]
    public static string ToolChange()
    {
        ConformanceServer.Hub.ToolsChanged();
        return "Announced.";
    }

    [McpServerTool(Name = "test_trigger_prompt_change"), Description("Announces a change of the prompts.")]
    public static string PromptChange()
    {
        ConformanceServer.Hub.PromptsChanged();
        return "Announced.";
    }

    public static void Log(RequestContext<CallToolRequestParams> context, string text) =>
        context.Server.AsClientLoggerProvider().CreateLogger("fixtures").LogInformation("{Text}", text);
}
