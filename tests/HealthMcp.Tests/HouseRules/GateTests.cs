using HealthMcp.Catalog;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.HouseRules;

/// <summary>What changes something at a system goes through the write gate, what goes through it changes something, and hints and effects say so.</summary>
public sealed class GateTests : IDisposable
{
    private readonly App _app = OneApp.Build();

    public static TheoryData<string> Systems => ["xcures", "patients", "phenoml", "drcloud"];

    public void Dispose() => _app.Dispose();

    [Fact]
    public void A_tool_that_only_reads_has_no_effect_but_reading_and_nobody_is_granted_a_write_for_it()
    {
        foreach (var tool in _app.Tools.All.Select(tool => tool.Definition).Where(tool => tool.Hints.ReadOnly))
            tool.Effects.Except(["read", "transform"]).ShouldBeEmpty(tool.Name);
        foreach (var granted in new[] { _app.Scopes.Default(sandboxOnly: false).All, _app.Scopes.FirstSignIn })
            granted.ShouldNotContain(scope => scope.EndsWith(".write", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tool_with_another_effect_is_not_called_reading() =>
        _app.Tools.All.Select(tool => tool.Definition).Where(tool => !tool.Hints.ReadOnly && !tool.Effects.Except(["read", "transform"]).Any())
            .Select(tool => tool.Name).ShouldBeEmpty();

    [Fact]
    public void What_changes_something_takes_a_confirmation_and_nothing_else_does()
    {
        foreach (var tool in _app.Tools.All.Select(tool => tool.Definition))
            InputSchema.Of(tool.Input).GetProperty("properties").TryGetProperty("confirmation", out _).ShouldBe(tool.ChangesState, tool.Name);
    }

    [Fact]
    public void Destructive_is_said_only_of_what_changes_something() =>
        _app.Tools.All.Select(tool => tool.Definition).Where(tool => tool.Hints.Destructive && !tool.ChangesState).Select(tool => tool.Name).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task With_writes_off_nothing_that_changes_something_is_sent_and_all_else_is_answered(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        using var off = run.World.Build(
            ("HEALTHMCP_WRITES", "off"), ("HEALTHMCP_TOOLSETS", system), ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        var client = await run.World.ConnectAsync(off);
        var wrong = new List<string>();
        await run.PlayAsync(async step =>
        {
            var sent = run.World.Sandbox.Journal.Entries.Count;
            var reply = await client.ReplyAsync(step.Tool, step.Fill(run.Kept));
            var refused = reply.ErrorCode == FailureCodes.WritesOff;
            if (refused != run.Tools.Single(tool => tool.Name == step.Tool).Definition.ChangesState) wrong.Add($"{step.Tool}: {reply.Text}");
            if (refused && run.World.Sandbox.Journal.Entries.Skip(sent).Any(IsChange)) wrong.Add($"{step.Tool} was sent all the same");
        });

        wrong.ShouldBeEmpty();

        bool IsChange(HealthMcp.Sandbox.JournalEntry entry) => Composition.Catalog.Endpoints.Any(
            endpoint => endpoint.Key == CallScripts.KeyOf(system, entry.Operation) && endpoint.ChangesState);
    }
}
