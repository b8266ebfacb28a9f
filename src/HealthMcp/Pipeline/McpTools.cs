using System.Buffers;
using System.Text.Json;
using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Storage;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Pipeline;

/// <summary>Binds MCP's tools/list and tools/call to the pipeline. It holds no rule of its own.</summary>
internal sealed class McpTools(Func<CallPipeline> pipeline, Func<MessageContext, Caller> callerOf, ApprovalAsking? asking = null)
{
    private static readonly JsonSerializerOptions Relaxed = new(McpJsonUtilities.DefaultOptions) { Encoder = JsonText.Writing.Encoder };

    /// <summary>The tools that <paramref name="caller"/> is shown, in a stable order; what one caller may see is not for another's cache.</summary>
    public static ListToolsResult List(ToolBook tools, Caller caller) => new()
    {
        Tools = [.. tools.For(caller).Select(tool => Describe(tool.Definition))],
        TimeToLive = TimeSpan.FromMinutes(5),
        CacheScope = CacheScope.Private,
    };

    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        var line = request.Params!.ProgressToken is { } token ? new ProgressLine(request.Server, token) : null;
        var plain = new CallRequest(request.Params.Name, Arguments(request.Params.Arguments), callerOf(request));
        var call = line is null ? plain : plain with { Progress = line.Report, Pieces = line.Show };
        var answer = await AskedAsync(request, call, line, cancellation);
        if (answer.Outcome == FailureCodes.UnknownTool) throw new McpProtocolException(answer.Text, McpErrorCode.InvalidParams);
        return Result(answer);
    }

    private async Task<CallAnswer> AskedAsync(
        RequestContext<CallToolRequestParams> request, CallRequest call, ProgressLine? line, CancellationToken cancellation)
    {
        try
        {
            return asking is null ? await AnswerAsync(call, cancellation) : await asking.CallAsync(request, call, AnswerAsync, cancellation);
        }
        finally
        {
            if (line is not null) await line.EndAsync();
        }
    }

    // The pipeline opens keys, vault and audit on its first use, and without them nothing is answered.
    private async Task<CallAnswer> AnswerAsync(CallRequest call, CancellationToken cancellation)
    {
        try
        {
            return await pipeline().InvokeAsync(call, cancellation);
        }
        catch (StorageException)
        {
            return ErrorContent.Of(ErrorStage.StorageUnavailable());
        }
    }

    /// <summary>A tool as tools/list gives it.</summary>
    public static ModelContextProtocol.Protocol.Tool Describe(ToolDefinition definition) => new()
    {
        Name = definition.Name,
        Title = definition.Title,
        Description = definition.Description,
        InputSchema = InputSchema.Of(definition.Input),
        OutputSchema = OutputSchema.Of(definition),
        Annotations = new ToolAnnotations
        {
            Title = definition.Title,
            ReadOnlyHint = definition.Hints.ReadOnly,
            DestructiveHint = definition.Hints.Destructive,
            IdempotentHint = definition.Hints.Idempotent,
            OpenWorldHint = definition.Hints.OpenWorld,
        },
    };

    public static CallToolResult Result(CallAnswer answer) => new()
    {
        Content = [new TextContentBlock { Text = answer.Text }],
        StructuredContent = JsonElement.Parse(answer.Structured.Span),
        IsError = answer.IsError,
    };

    /// <summary>A result as MCP gives it, without escaping what needs none.</summary>
    public static string Json(CallToolResult result) => JsonSerializer.Serialize(result, Relaxed.GetTypeInfo(typeof(CallToolResult)));

    private static JsonElement Arguments(IDictionary<string, JsonElement>? arguments)
    {
        if (arguments is not { Count: > 0 }) return JsonText.EmptyObject;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writing))
        {
            json.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
