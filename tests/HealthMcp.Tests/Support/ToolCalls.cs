using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Tests.Support;

/// <summary>Calls a tool's method the way the pipeline does: arguments as JSON, checked against the schema, then read.</summary>
internal static class ToolCalls
{
    public enum Level
    {
        Deidentified,
        Limited,
        Identified,
    }

    public static CallContext Context(Tool tool, Level level = Level.Deidentified, string? page = null, Action<int, int?, string>? progress = null) => new()
    {
        Tool = tool.Definition,
        Page = page,
        DatesVisible = level != Level.Deidentified,
        IdentifiersVisible = level == Level.Identified,
        Trace = new CallTrace(),
        LetThrough = true,
        Progress = progress ?? ((_, _, _) => { }),
    };

    public static async Task<T> RunAsync<T>(Tool tool, string arguments, CallContext? call = null, CancellationToken cancellation = default)
        where T : ToolOutcome
    {
        using var json = JsonDocument.Parse(arguments);
        ArgumentValidator.Check(InputSchema.Of(tool.Definition.Input), json.RootElement).ShouldBeEmpty();
        var input = json.RootElement.Deserialize(tool.Definition.Input)!;
        return (await tool.Method(input, call ?? Context(tool), cancellation)).ShouldBeAssignableTo<T>()!;
    }

    public static async Task<CallFailureException> FailAsync(Tool tool, string arguments, CallContext? call = null) =>
        await Should.ThrowAsync<CallFailureException>(() => RunAsync<ToolOutcome>(tool, arguments, call));
}
