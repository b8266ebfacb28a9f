using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Pipeline;

namespace HealthMcp.Cli;

/// <summary><c>call TOOL JSON</c>: one call through the same pipeline as a client's, for people and scripts.</summary>
internal sealed class CallCommand(Terminal terminal, CommonOptions common)
{
    private readonly Argument<string> _tool = new("tool") { Description = "Name of the tool." };
    private readonly Argument<string> _arguments =
        new("json") { Description = "Its arguments as a JSON object; - reads them from standard input.", DefaultValueFactory = _ => "{}" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the tool result as MCP gives it, and nothing else." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Agree to a write without being asked." };

    public Command Build()
    {
        var command = new Command("call", "Call a tool.") { _tool, _arguments, _json, _yes };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (await ArgumentsAsync(parsed.GetValue(_arguments)!) is not { } arguments)
        {
            await terminal.Error.WriteLineAsync("The arguments must be one JSON object, such as '{\"firstName\":\"Marissa\"}'.");
            return Exit.BadUsage;
        }

        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        using var loggers = Logging.ToFile(configuration.Settings, terminal.Error);
        using var app = CommonOptions.Compose(configuration, loggers, terminal.Error);
        if (app is null) return Exit.CannotStart;
        var (json, yes) = (parsed.GetValue(_json), parsed.GetValue(_yes));

        // A program may say --yes and does not know the code.
        yes &= app.Settings.ApprovalCode is null;
        var present = yes || (terminal.Interactive && !json);

        // The preview prints its confirmation: brought back in another call it must not stand for the code.
        if (present && app.Settings.ApprovalCode is not null) arguments = Unconfirmed(arguments);
        var request = new CallRequest(parsed.GetValue(_tool)!, arguments, app.LocalCaller("cli")) { PersonPresent = present };
        var answer = await app.Pipeline.InvokeAsync(request, cancellation);
        if (answer.Outcome == "preview" && await AgreedAsync(answer, json, yes, app))
            answer = await app.Pipeline.InvokeAsync(request with { Arguments = Confirmed(arguments, answer) }, cancellation);
        await PrintAsync(answer, json);
        return answer.IsError ? Exit.ToolError : Exit.Done;
    }

    private async Task<JsonElement?> ArgumentsAsync(string text)
    {
        try
        {
            var parsed = JsonElement.Parse(text == "-" ? await terminal.In.ReadToEndAsync() : text);
            return parsed.ValueKind == JsonValueKind.Object ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<bool> AgreedAsync(CallAnswer preview, bool json, bool yes, App app)
    {
        if (yes) return true;
        if (json || !terminal.Interactive) return false;
        await terminal.Out.WriteLineAsync(AnswerText.Of(preview));
        var asksCode = app.Settings.ApprovalCode is not null;
        await terminal.Out.WriteAsync(asksCode ? "Write this? Type the approval code, or nothing to leave it: " : "Write this? [y/N] ");
        await terminal.Out.FlushAsync();
        var typed = await terminal.In.ReadLineAsync();
        return asksCode ? app.Approvals.IsCode(typed?.Trim()) : typed?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private static JsonElement Unconfirmed(JsonElement arguments)
    {
        if (!arguments.TryGetProperty("confirmation", out _)) return arguments;
        var bare = new JsonObject(arguments.EnumerateObject()
            .Where(member => member.Name != "confirmation")
            .DistinctBy(member => member.Name)
            .Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Value.GetRawText()))));
        return JsonElement.Parse(bare.ToJsonString());
    }

    private static JsonElement Confirmed(JsonElement arguments, CallAnswer preview)
    {
        var again = JsonNode.Parse(arguments.GetRawText())!.AsObject();
        again["confirmation"] = JsonElement.Parse(preview.Structured.Span).GetProperty("write").GetProperty("confirmation").GetString();
        return JsonElement.Parse(again.ToJsonString());
    }

    private Task PrintAsync(CallAnswer answer, bool json) => json
        ? terminal.Out.WriteLineAsync(McpTools.Json(McpTools.Result(answer)))
        : terminal.Out.WriteLineAsync(AnswerText.Of(answer));
}
