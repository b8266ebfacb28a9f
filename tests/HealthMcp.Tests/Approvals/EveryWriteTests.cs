using HealthMcp.Approvals;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Approvals;

/// <summary>Every tool that writes, by the scripts that have a good call of each.</summary>
public sealed class EveryWriteTests
{
    /// <summary>Tools that change nothing in a person's record, or make it.</summary>
    private static readonly string[] OfNobody =
    [
        "archive_definition", "save_definition", "create_patient", "import_patients", "create_subjects", "create_application", "resend_application_invite",
        "drcloud_save_practitioner",
    ];

    public static TheoryData<string> Systems => ["xcures", "patients", "drcloud"];

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task It_waits_for_a_person_who_sees_whose_record_it_is_and_what_is_written(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        using var app = run.World.Build(("HEALTHMCP_WRITES", "approve"), ("HEALTHMCP_TOOLSETS", system));
        await using var pages = new LoopbackPages(new ApprovalPages(() => app.Approvals));
        var client = await run.World.ConnectAsync(app, new ApprovalPlace(pages.AddressAsync, _ => false), null, "local");
        var (asked, wrong) = (new List<string>(), new List<string>());
        await run.PlayAsync(async step =>
        {
            var tool = run.Tools.Single(one => one.Name == step.Tool);
            if (!tool.Definition.ChangesState) return;
            var sent = Changes(run);
            var reply = await client.ReplyAsync(step.Tool, step.Fill(run.Kept));
            if (reply.IsError || reply.Write("status") != "approval_needed" || Changes(run) != sent)
            {
                wrong.Add($"{step.Tool}: {reply.Text}");
                return;
            }

            asked.Add(step.Tool);
            using var browser = new PageBrowser();
            var page = await browser.OpenAsync(new Uri(reply.Write("link")));
            if (!page.Html.Contains("<td ", StringComparison.Ordinal)) wrong.Add($"{step.Tool} shows no field");
            if (!OfNobody.Contains(step.Tool) && !page.Html.Contains("class=\"name\"", StringComparison.Ordinal)) wrong.Add($"{step.Tool} shows nobody");
        });

        wrong.ShouldBeEmpty();
        asked.ShouldBe(run.Tools.Where(tool => tool.Definition.ChangesState).Select(tool => tool.Name), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task It_was_read_back_or_the_answer_says_why_not(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        var wrong = new List<string>();
        await run.PlayAsync(answered: (step, reply) =>
        {
            if (reply.IsError || !reply.Content.TryGetProperty("write", out var write)) return;
            if (!write.TryGetProperty("verified", out var verified)) wrong.Add($"{step.Tool} does not say");
            else if (!verified.GetBoolean() && reply.Notices.Count == 0) wrong.Add($"{step.Tool} does not say why not");
        });

        wrong.ShouldBeEmpty();
    }

    private static int Changes(ScriptRun run) => run.World.Sandbox.Journal.Entries.Count(entry =>
        Composition.Catalog.Endpoints.Any(endpoint => endpoint.Key == CallScripts.KeyOf(entry.System, entry.Operation) && endpoint.ChangesState));
}
