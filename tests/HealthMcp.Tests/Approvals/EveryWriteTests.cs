using HealthMcp.Approvals;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Sandbox;
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
        "drcloud_save_practitioner", "change_fhir_provider_auth", "chat_with_agent", "delete_agent", "delete_code_system", "delete_fhir_provider",
        "delete_prompt", "delete_summary_template", "delete_workflow", "register_mcp_server", "remove_mcp_server", "remove_mcp_server_tool", "run_workflow",
        "save_agent", "save_fhir_provider", "save_prompt", "save_summary_template", "save_workflow", "store_fhir_from_text", "submit_code_feedback",
        "upload_code_system", "upload_fhir_profile",
    ];

    /// <summary>Operations that change something of which nothing can be shown as it was, and why.</summary>
    private static readonly Dictionary<string, string> NothingBefore = new(StringComparer.Ordinal)
    {
        ["publish_document"] = "the vendor does not tell under which template a document is published; the page shows document and template",
        ["change_fhir_provider_auth"] = "one way to sign in more, less or another: the page shows all that there are now, and what is done",
    };

    /// <summary>Ids that are made when a write is sent, by the key that names its approval, so that no page can know them.</summary>
    private static readonly (string Tool, string Path)[] MadeLater =
        [("create_subjects", "/id"), ("create_subjects", "/subjects/id"), ("create_subjects", "/tags/id"), ("create_application", "/id"), ("update_subject", "/tags/id")];

    /// <summary>
    /// They answer rows and not the plan of a write: an evaluation is made anew at the vendor's and an export is a copy for this machine; neither touches
    /// what stands in a record.
    /// </summary>
    private static readonly string[] NoPlan = ["evaluate_checklist", "drcloud_export", "export_code_system"];

    public static TheoryData<string> Systems => ["xcures", "patients", "drcloud", "phenoml"];

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task It_waits_for_a_person_who_sees_whose_record_it_is_and_all_that_is_sent(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        using var app = run.World.Build(("HEALTHMCP_WRITES", "approve"), ("HEALTHMCP_TOOLSETS", system));
        await using var pages = new LoopbackPages(new ApprovalPages(() => app.Approvals));
        var (asked, wrong) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var (shown, sent) = (new ShownFields(""), 0);
        await run.PlayAsync(
            each: async step =>
            {
                if (!IsWrite(run, step)) return;
                sent = Sent(run).Count;

                // Each call is a caller's of its own, so that none finds what became of an equal one, or too many that wait.
                var client = await run.World.ConnectAsync(app, new ApprovalPlace(pages.AddressAsync, (_, _) => ValueTask.FromResult(false)), null, $"caller {sent} {step.Arguments}");
                var reply = await client.ReplyAsync(step.Tool, step.Fill(run.Kept));
                if (reply.IsError || !reply.Content.TryGetProperty("write", out _) || reply.Write("status") != "approval_needed" || Sent(run).Count != sent)
                {
                    wrong.Add($"{step.Tool}: {reply.Text}");
                    return;
                }

                asked.Add(step.Tool);
                var html = await SeenAsync(new Uri(reply.Write("link")));
                shown = new ShownFields(html);
                if (shown.IsEmpty) wrong.Add($"{step.Tool} shows no field");
                if (!OfNobody.Contains(step.Tool) && !html.Contains("class=\"name\"", StringComparison.Ordinal)) wrong.Add($"{step.Tool} shows nobody");
            },
            answered: (step, _) =>
            {
                if (!IsWrite(run, step) || step.Fails is not null) return;
                foreach (var entry in Sent(run).Skip(sent))
                {
                    if (entry.Method is "PUT" or "PATCH" && !shown.HasBefore && !NothingBefore.ContainsKey(step.Tool)) wrong.Add($"{step.Tool} shows no before of {entry.Operation}");
                    foreach (var path in shown.Missing(entry.Body).Where(path => !MadeLater.Contains((step.Tool, path)))) wrong.Add($"{step.Tool} does not show {path} of {entry.Operation}");
                }
            });

        wrong.ShouldBeEmpty();
        asked.ShouldBe(run.Tools.Where(tool => !tool.Definition.Hints.ReadOnly && !NoPlan.Contains(tool.Name)).Select(tool => tool.Name), ignoreOrder: true);
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

    private static bool IsWrite(ScriptRun run, CallStep step) =>
        !run.Tools.Single(one => one.Name == step.Tool).Definition.Hints.ReadOnly && !NoPlan.Contains(step.Tool);

    private static async Task<string> SeenAsync(Uri page)
    {
        using var browser = new PageBrowser();
        return (await browser.OpenAsync(page)).Html;
    }

    private static List<JournalEntry> Sent(ScriptRun run) => [.. run.World.Sandbox.Journal.Entries.Where(entry =>
        Composition.Catalog.Endpoints.Any(endpoint => endpoint.Key == CallScripts.KeyOf(entry.System, entry.Operation) && endpoint.ChangesState))];
}
