using HealthMcp.Approvals;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Approvals;

/// <summary>
/// Beside a script whose writes are sent at once: asks for the approval of each, reads the page as a person does, and holds it against what was then sent.
/// The level is the strictest one, where the model is shown least.
/// </summary>
internal sealed class PageWatch : IAsyncDisposable
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

    /// <summary>
    /// Ids that are made when a write is sent, by the key that names its approval, so that no page can know them; and what is shown under another name.
    /// </summary>
    private static readonly (string Tool, string Path)[] MadeLater =
    [
        ("create_subjects", "/id"), ("create_subjects", "/subjects/id"), ("create_subjects", "/tags/id"), ("create_application", "/id"),
        ("update_subject", "/tags/id"),

        // The page calls it initiateEhrQueries, as one subject's and many subjects' operations do not agree.
        ("create_subjects", "/options/initiateEhrQuery"), ("create_subjects", "/options/initiateEhrQueries"),
    ];

    private readonly ScriptRun _run;
    private readonly App _app;
    private readonly App _whole;
    private readonly LoopbackPages _pages;
    private ShownFields _shown = new("");
    private int _sent;

    public PageWatch(ScriptRun run, string system)
    {
        (string, string)[] approve = [("HEALTHMCP_WRITES", "approve"), ("HEALTHMCP_TOOLSETS", system)];
        _run = run;
        _app = run.World.Build(approve);
        _whole = run.World.Build([.. approve, ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment")]);
        _pages = new LoopbackPages(new ApprovalPages(() => _app.Approvals));
    }

    public SortedSet<string> Asked { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Wrong { get; } = new(StringComparer.Ordinal);

    /// <summary>Asks, sends nothing, and reads the page.</summary>
    public async Task AskAsync(CallStep step)
    {
        if (!IsWrite(step)) return;
        _sent = Sent.Count;
        var reply = await ReplyAsync(_app, step);

        // What may not be written at that level is asked for at the one at which it may.
        if (reply.ErrorCode == FailureCodes.QuestionWithheld) reply = await ReplyAsync(_whole, step);
        if (reply.IsError || !reply.Content.TryGetProperty("write", out _) || reply.Write("status") != "approval_needed" || Sent.Count != _sent)
        {
            Wrong.Add($"{step.Tool}: {reply.Text}");
            return;
        }

        Asked.Add(step.Tool);
        using var browser = new PageBrowser();
        var html = (await browser.OpenAsync(new Uri(reply.Write("link")))).Html;
        _shown = new ShownFields(html);
        if (_shown.IsEmpty) Wrong.Add($"{step.Tool} shows no field");
        if (!OfNobody.Contains(step.Tool) && !html.Contains("class=\"name\"", StringComparison.Ordinal)) Wrong.Add($"{step.Tool} shows nobody");
    }

    /// <summary>Holds the page against what was sent since.</summary>
    public void Compare(CallStep step)
    {
        if (step.Fails is not null || !IsWrite(step)) return;
        foreach (var entry in Sent.Skip(_sent))
        {
            if (entry.Method is "PUT" or "PATCH" && !_shown.HasBefore && !NothingBefore.ContainsKey(step.Tool))
                Wrong.Add($"{step.Tool} shows no before of {entry.Operation}");
            foreach (var path in Missing(entry.Body).Where(path => !MadeLater.Contains((step.Tool, path))))
                Wrong.Add($"{step.Tool} does not show {path} of {entry.Operation}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pages.DisposeAsync();
        _app.Dispose();
        _whole.Dispose();
    }

    // The script sends at once, so what it sends says that nobody looked. The Provenance names what the server made, so the page can only say that it will be.
    private IReadOnlyList<string> Missing(string body)
    {
        if (body.Contains("\"resourceType\":\"Provenance\"", StringComparison.Ordinal)) return _shown.HasText("Provenance") ? [] : ["a Provenance"];
        return _shown.Missing(body.Replace(new Authorship(Review.Nobody).Mark, new Authorship(Review.Person).Mark, StringComparison.Ordinal));
    }

    private List<JournalEntry> Sent => [.. _run.World.Sandbox.Journal.Entries.Where(entry =>
        Composition.Catalog.Endpoints.Any(endpoint => endpoint.Key == CallScripts.KeyOf(entry.System, entry.Operation) && endpoint.ChangesState))];

    private bool IsWrite(CallStep step) => _run.Tools.Single(one => one.Name == step.Tool).Definition.ChangesState;

    // Each call is a caller's of its own, so that none finds what became of an equal one, or too many that wait.
    private async Task<ToolReply> ReplyAsync(App app, CallStep step)
    {
        var place = new ApprovalPlace(_pages.AddressAsync, (_, _) => ValueTask.FromResult(false));
        var client = await _run.World.ConnectAsync(app, place, null, $"caller {_sent} {step.Arguments}");
        return await client.ReplyAsync(step.Tool, step.Fill(_run.Kept));
    }
}
