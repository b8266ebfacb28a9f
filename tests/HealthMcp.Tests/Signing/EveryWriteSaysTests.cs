using HealthMcp.Approvals;
using HealthMcp.Pipeline;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Approvals;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Signing;

/// <summary>Every tool that writes, by the scripts that have a good call of each: what it says of its author, where, and to whom.</summary>
public sealed class EveryWriteSaysTests
{
    private const string Mark = "[AI-written via HealthMcp: sent without a review]";

    public static TheoryData<string> Systems => ["xcures", "patients", "phenoml", "drcloud"];

    [Fact]
    public void Every_tool_that_writes_has_a_row_and_a_reason_where_it_says_nothing()
    {
        using var app = OneApp.Build();
        var writing = app.Tools.All.Where(tool => tool.Definition.ChangesState).ToList();

        CarrierTable.Rows.Keys.ShouldBe(writing.Select(tool => tool.Name), ignoreOrder: true);
        app.Tools.All.Where(tool => !tool.Definition.ChangesState && tool.Definition.NotSigned is not null).ShouldBeEmpty();
        foreach (var tool in writing.Where(tool => tool.Definition.NotSigned is not null))
            CarrierTable.Rows[tool.Name].ShouldSatisfyAllConditions(
                row => row.Carrier.ShouldBe(Carrier.None, tool.Name), row => tool.Definition.NotSigned!.ShouldContain(row.Where));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task The_person_who_approves_is_told_how_it_will_say_so(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        using var app = run.World.Build(("HEALTHMCP_WRITES", "approve"), ("HEALTHMCP_TOOLSETS", system));
        await using var pages = new LoopbackPages(new ApprovalPages(() => app.Approvals));
        var client = await run.World.ConnectAsync(app, new ApprovalPlace(pages.AddressAsync, (_, _) => ValueTask.FromResult(false)), null, "local");
        using var off = run.World.Build(("HEALTHMCP_WRITES", "confirm"), ("HEALTHMCP_TOOLSETS", system), ("HEALTHMCP_AI_AUTHORSHIP", "off"));
        var silent = await run.World.ConnectAsync(off);
        var (asked, wrong) = (new List<string>(), new List<string>());
        await run.PlayAsync(async step =>
        {
            if (!CarrierTable.Rows.TryGetValue(step.Tool, out var row)) return;
            asked.Add(step.Tool);
            var reply = await client.ReplyAsync(step.Tool, step.Fill(run.Kept));
            if (reply.IsError || !Says(row, reply.Write("authorship"))) wrong.Add($"{step.Tool}: {reply.Text}");
            else if (!await ShowsAsync(reply, row.Carrier)) wrong.Add($"{step.Tool}: not on the page");
            var without = await silent.ReplyAsync(step.Tool, step.Fill(run.Kept));
            if (without.IsError || without.Content.GetProperty("write").TryGetProperty("authorship", out _)) wrong.Add($"{step.Tool} off: {without.Text}");
        });

        wrong.ShouldBeEmpty();
        asked.ShouldBe(run.Tools.Where(tool => tool.Definition.ChangesState).Select(tool => tool.Name), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task What_is_sent_says_it_where_the_row_says_so_and_nowhere_else(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        var (before, wrong) = (0, new List<string>());
        await run.PlayAsync(
            step =>
            {
                before = run.World.Sandbox.Journal.Entries.Count;
                return Task.CompletedTask;
            },
            (step, _) =>
            {
                if (!CarrierTable.Rows.TryGetValue(step.Tool, out var row)) return;
                var sent = Changes(run.World.Sandbox, system).Where(entry => run.World.Sandbox.Journal.Entries.Skip(before).Contains(entry)).ToList();
                if (!Carries(row.Carrier, sent)) wrong.Add($"{step.Tool}: {string.Join(" | ", sent.Select(entry => $"{entry.Operation} {entry.Body}"))}");
            });

        wrong.ShouldBeEmpty();
    }

    private static bool Says((Carrier Carrier, string Where) row, string said) => row.Carrier switch
    {
        Carrier.None => said.StartsWith("Not carried: ", StringComparison.Ordinal) && said.Contains(row.Where, StringComparison.Ordinal),
        Carrier.Text => said.Contains($"{row.Where} ", StringComparison.Ordinal) && said.Contains("approved by a person]", StringComparison.Ordinal),
        Carrier.Provenance => said.Contains(row.Where, StringComparison.Ordinal) && !said.Contains("AIAST", StringComparison.Ordinal),
        _ => said.Contains("AIAST", StringComparison.Ordinal) && said.Contains(row.Where, StringComparison.Ordinal),
    };

    private static async Task<bool> ShowsAsync(ToolReply reply, Carrier carrier)
    {
        using var browser = new PageBrowser();
        var html = (await browser.OpenAsync(new Uri(reply.Write("link")))).Html;
        return html.Contains("authorship", StringComparison.OrdinalIgnoreCase) && carrier switch
        {
            Carrier.Text => html.Contains("[AI-assisted via HealthMcp: approved by a person]", StringComparison.Ordinal),
            Carrier.Label or Carrier.LabelAndProvenance => html.Contains("AIAST", StringComparison.Ordinal),
            _ => true,
        };
    }

    private static bool Carries(Carrier carrier, IReadOnlyList<JournalEntry> sent) => carrier switch
    {
        Carrier.Text => sent.Any(entry => entry.Body.Contains(Mark, StringComparison.Ordinal)) && !sent.Any(IsProvenance),
        Carrier.Label => sent.All(IsLabelled),
        Carrier.LabelAndProvenance => sent.Count == 2 && IsLabelled(sent[0]) && IsProvenance(sent[1]),
        Carrier.Provenance => sent.Count == 2 && !IsLabelled(sent[0]) && IsProvenance(sent[1]),
        _ => !sent.Any(entry => entry.Body.Contains("HealthMcp: ", StringComparison.Ordinal) || IsLabelled(entry)),
    };

    private static bool IsLabelled(JournalEntry entry) => entry.Body.Contains("\"security\":[{", StringComparison.Ordinal)
        && entry.Body.Contains("\"AIAST\"", StringComparison.Ordinal);

    private static bool IsProvenance(JournalEntry entry) => entry.Body.Contains("\"resourceType\":\"Provenance\"", StringComparison.Ordinal);

    private static IEnumerable<JournalEntry> Changes(SandboxServer sandbox, string system) => sandbox.Journal.Entries.Where(entry => entry.System == system
        && Composition.Catalog.Endpoints.Any(endpoint => endpoint.Key == CallScripts.KeyOf(system, entry.Operation) && endpoint.ChangesState));
}
