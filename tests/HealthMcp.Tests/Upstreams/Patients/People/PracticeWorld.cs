using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.Patients.People;

/// <summary>A world with the Patients tools switched on, at one privacy level, and handles of what the tests are about.</summary>
internal sealed class PracticeWorld : IAsyncDisposable
{
    private McpClient _client = null!;

    public World World { get; private set; } = null!;

    /// <summary>The practice's clock; it begins with the program's, because which of two equal records is new is told by it.</summary>
    public ManualTime Time { get; } = new(start: TimeProvider.System.GetUtcNow());

    /// <summary>Marissa Jones, with a full chart.</summary>
    public string Marissa { get; private set; } = "";

    /// <summary>Justin Williams, with a full chart.</summary>
    public string Justin { get; private set; } = "";

    public static async Task<PracticeWorld> StartAsync(params (string Name, string Value)[] settings)
    {
        var practice = new PracticeWorld();
        practice.World = await World.StartAsync(
            new SandboxOptions { Time = practice.Time, KeepAnswers = true }, TimeProvider.System, [("HEALTHMCP_TOOLSETS", "patients"), .. settings]);
        practice._client = await practice.World.ConnectAsync();
        practice.Marissa = await practice.PersonAsync("Marissa", "Jones");
        practice.Justin = await practice.PersonAsync("Justin", "Williams");
        return practice;
    }

    public static Task<PracticeWorld> IdentifiedAsync() =>
        StartAsync(("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"), ("HEALTHMCP_WRITES", "direct"));

    /// <summary>Calls; <c>&lt;marissa&gt;</c> and <c>&lt;justin&gt;</c> stand for their handles.</summary>
    public Task<ToolReply> CallAsync(string tool, string arguments) => _client.ReplyAsync(tool, Filled(arguments));

    /// <summary>The preview, and then the same call with its confirmation.</summary>
    public async Task<(ToolReply Preview, ToolReply Written)> WriteAsync(string tool, string arguments)
    {
        var preview = await CallAsync(tool, arguments);
        preview.IsError.ShouldBeFalse(preview.Text);
        return (preview, await CallAsync(tool, arguments.TrimEnd()[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}"""));
    }

    /// <summary>Requests that reached an operation since the start.</summary>
    public int Sent(string operation) => World.Sandbox.Journal.Of("patients", operation).Count;

    public ValueTask DisposeAsync() => World.DisposeAsync();

    public string Filled(string arguments) =>
        arguments.Replace("<marissa>", Marissa, StringComparison.Ordinal).Replace("<justin>", Justin, StringComparison.Ordinal);

    private async Task<string> PersonAsync(string first, string last)
    {
        var reply = await CallAsync("search_patients", $$"""{"first_name":"{{first}}","last_name":"{{last}}"}""");
        return reply.Data[0].GetProperty("id").GetString()!;
    }
}
