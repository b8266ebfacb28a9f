using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>A script being played, with a look at each step before it is taken. Writes are direct, so that a call is one call.</summary>
internal sealed class ScriptRun : IAsyncDisposable
{
    // After failures no more is asked for a while.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(1);

    private readonly string _system;
    private readonly UpstreamClock _time;
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private McpClient _client = null!;

    private ScriptRun(World world, string system, UpstreamClock time) => (World, _system, _time) = (world, system, time);

    public World World { get; }

    public Dictionary<string, string> Kept { get; } = new(StringComparer.Ordinal);

    public static async Task<ScriptRun> StartAsync(string system)
    {
        var time = new UpstreamClock(TimeProvider.System.GetUtcNow());
        var world = await World.StartAsync(
            Sandbox(system, time), time,
            ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"), ("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", system));
        return new ScriptRun(world, system, time) { _client = await world.ConnectAsync() };
    }

    // Which of two equal records is new, the Patients API says by its clock alone, so there it is the program's.
    private static SandboxOptions Sandbox(string system, TimeProvider time) => system == "patients"
        ? CallScripts.Sandbox(system) with { Time = time, TokenLifetime = TimeSpan.FromDays(30) }
        : CallScripts.Sandbox(system);

    /// <summary>Plays to the end.</summary>
    /// <param name="before">Called before the first good call of each tool.</param>
    /// <param name="after">Called after it, with the operations that it reached and that change something.</param>
    /// <param name="answered">Called with every answer.</param>
    /// <param name="each">Called before every good call.</param>
    /// <param name="reached">Called after it, with the operations that it reached and that change something.</param>
    public async Task PlayAsync(
        Func<CallStep, Task>? before = null,
        Action<CallStep, IReadOnlyList<string>>? after = null,
        Action<CallStep, ToolReply>? answered = null,
        Func<CallStep, Task>? each = null,
        Action<CallStep, IReadOnlyList<string>>? reached = null)
    {
        foreach (var step in CallScripts.Of(_system))
        {
            var first = step.Fails is null && _met.Add(step.Tool);
            if (first && before is not null) await before(step);
            if (step.Fails is null && each is not null) await each(step);
            Rest();
            if (step.LosesAnswerOf is { } operation) World.Sandbox.Faults.Next(_system, operation, Fault.AnswerLost());
            var sent = World.Sandbox.Journal.Entries.Count;
            var reply = await CallAsync(step.Tool, step.Fill(Kept));
            reply.ErrorCode.ShouldBe(step.Fails, $"{step.Tool} {step.Arguments}: {reply.Text}");
            step.Remember(reply.Content, Kept);
            answered?.Invoke(step, reply);
            if (first) after?.Invoke(step, Changing(World.Sandbox.Journal.Entries.Skip(sent)));
            if (step.Fails is null) reached?.Invoke(step, Changing(World.Sandbox.Journal.Entries.Skip(sent)));
        }
    }

    /// <summary>Lets as much time go by as a system is left alone after failures.</summary>
    public void Rest() => _time.Advance(Recovery);

    public Task<ToolReply> CallAsync(string tool, string arguments) => _client.ReplyAsync(tool, arguments);

    /// <summary>Tools of the system, all of them.</summary>
    public IReadOnlyList<Tool> Tools => [.. World.App.Tools.All.Where(tool => tool.Definition.Toolset == _system)];

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private IReadOnlyList<string> Changing(IEnumerable<JournalEntry> entries) =>
    [
        .. entries.Where(entry => entry.System == _system).Select(entry => entry.Operation).Distinct(StringComparer.Ordinal)
            .Where(operation => Composition.Catalog.Endpoints.Any(endpoint => endpoint.Key == CallScripts.KeyOf(_system, operation) && endpoint.ChangesState)),
    ];
}
