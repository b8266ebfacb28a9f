using HealthMcp.Sandbox;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;
using Xunit.Abstractions;

namespace HealthMcp.Tests.Core;

/// <summary>
/// The scripts that reach every operation of xCures, Patients and DrCloudEHR, played below identified, reads, previews, writes, repeats after a lost answer and
/// conflicts: what the sandbox planted must come out of none of it.
/// </summary>
public sealed class ScriptLeakTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<CallStep>[] Scripts = [XCuresCalls.All, PatientsCalls.All, DrCloudCalls.All];

    [Theory]
    [InlineData("deidentified", "", false)]
    [InlineData("deidentified", "", true)]
    [InlineData("limited", "date zip organization", false)]
    [InlineData("limited", "date zip organization", true)]
    public async Task Nothing_planted_leaves_but_what_the_level_shows(string level, string shown, bool overHttp)
    {
        await using var world = await World.StartAsync(
            new SandboxOptions { Conformant = overHttp }, ("HEALTHMCP_PRIVACY", level), ("HEALTHMCP_WRITES", "confirm"), ("HEALTHMCP_TOOLSETS", "all"));
        var client = overHttp ? await world.ConnectHttpAsync() : await world.ConnectAsync();
        var played = new Played();
        foreach (var script in Scripts) await PlayAsync(world, client, script, played);

        var found = Planted.Found(played.Texts);
        output.WriteLine($"{played.Texts.Count} texts of {played.Tools.Count} tools, {found.Count} found");
        output.WriteLine(string.Join(", ", played.States.Select(state => $"{state.Value} {state.Key}")));
        found.Where(hit => !shown.Split(' ').Contains(hit.Kind, StringComparer.Ordinal)).ShouldBeEmpty();
        Planted.Found([world.Log.Text]).ShouldBeEmpty();
        Planted.Found([await File.ReadAllTextAsync(Path.Combine(world.DataDirectory, "audit.jsonl"))]).ShouldBeEmpty();
        foreach (var state in new[] { "read", "preview", "done", "already_written" }) played.States.Keys.ShouldContain(state);
    }

    [Fact]
    public void Every_tool_of_the_three_systems_is_in_a_script()
    {
        var called = Scripts.SelectMany(script => script).Select(step => step.Tool).ToHashSet(StringComparer.Ordinal);
        using var app = OneApp.Build();
        app.Tools.All.Where(tool => tool.Definition.Toolset is "xcures" or "patients" or "drcloud")
            .Select(tool => tool.Definition.Name).Except(called).ShouldBeEmpty();
    }

    private static async Task PlayAsync(World world, McpClient client, IReadOnlyList<CallStep> script, Played played)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in script)
        {
            // What an earlier step would have kept may be withheld at this level; a name of it is refused like any wrong handle.
            var arguments = step.FillKnown(kept);
            if (step.LosesAnswerOf is { } operation) world.Sandbox.Faults.Next(SystemOf(operation), operation, Fault.AnswerLost());
            var reply = await client.ReplyAsync(step.Tool, arguments);
            played.Keep(step.Tool, reply);
            if (!reply.IsError && reply.Content.TryGetProperty("write", out var write) && write.TryGetProperty("confirmation", out var confirmation))
            {
                reply = await client.ReplyAsync(step.Tool, $"{arguments.TrimEnd()[..^1]},\"confirmation\":{confirmation.GetRawText()}}}");
                played.Keep(step.Tool, reply);
            }

            if (!reply.IsError) step.RememberShown(reply.Content, kept);
        }
    }

    private static string SystemOf(string operation) =>
        operation.Contains("{org_id}", StringComparison.Ordinal) ? "patients" : operation.Contains("{site}", StringComparison.Ordinal) ? "drcloud" : "xcures";

    private sealed class Played
    {
        public List<string> Texts { get; } = [];

        public HashSet<string> Tools { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, int> States { get; } = new(StringComparer.Ordinal);

        public void Keep(string tool, ToolReply reply)
        {
            Texts.Add(reply.Text);
            Texts.Add(reply.Content.GetRawText());
            Tools.Add(tool);
            var state = reply.IsError ? reply.ErrorCode!
                : reply.Content.TryGetProperty("write", out var write) ? write.GetProperty("status").GetString()! : "read";
            States[state] = States.GetValueOrDefault(state) + 1;
        }
    }
}
