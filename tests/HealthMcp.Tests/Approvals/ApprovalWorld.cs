using HealthMcp.Approvals;
using HealthMcp.Pipeline;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Approvals;

/// <summary>A world in which a person approves each write on the pages of a server over standard input and output.</summary>
internal sealed class ApprovalWorld : IAsyncDisposable
{
    public const string Create = "POST /api/v1/{org_id}/patients/{patient_uuid}/vital-signs";

    public const string Lookup = """{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"}""";

    /// <summary>What must stand on the page and nowhere else.</summary>
    public static readonly IReadOnlyList<string> Identifying = ["Marissa", "Jones", "1971-06-29"];

    private readonly LoopbackPages _pages;

    private ApprovalWorld(World world)
    {
        World = world;
        _pages = new LoopbackPages(new ApprovalPages(() => world.App.Approvals));
        Place = new ApprovalPlace(_pages.AddressAsync, Opener);
    }

    public World World { get; }

    public ApprovalPlace Place { get; }

    public PageBrowser Browser { get; } = new();

    /// <summary>The clock of a world that was started with one.</summary>
    public UpstreamClock? Time { get; private init; }

    /// <summary>Stands for the user's browser; left out, there is none.</summary>
    public Func<Uri, bool>? Opens { get; set; }

    public int Sent => World.Sandbox.Journal.Of("patients", Create).Count;

    public static async Task<ApprovalWorld> StartAsync(params (string Name, string Value)[] settings) => await StartAsync(null, settings);

    public static async Task<ApprovalWorld> StartAsync(TimeProvider? time, params (string Name, string Value)[] settings)
    {
        (string Name, string Value)[] usual = [("HEALTHMCP_WRITES", "approve"), ("HEALTHMCP_TOOLSETS", "patients")];
        (string, string)[] given = [.. usual.Where(one => settings.All(other => other.Name != one.Name)), .. settings];
        return new(time is null ? await World.StartAsync(given) : await World.StartAsync(new SandboxOptions { Time = time }, given))
        {
            Time = time as UpstreamClock,
        };
    }

    /// <summary>A client that can ask nothing of its user.</summary>
    public Task<McpClient> PlainAsync(string caller = "local") => World.ConnectAsync(World.App, Place, null, caller);

    /// <summary>A client that shows links to its user, who does with them what <paramref name="user"/> does.</summary>
    public Task<McpClient> AskingAsync(string version, Func<ElicitRequestParams, Task<string>> user)
    {
        var options = new McpClientOptions
        {
            ProtocolVersion = version,
            Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Url = new UrlElicitationCapability() } },
        };
        options.Handlers.ElicitationHandler = async (asked, _) => new ElicitResult { Action = await user(asked!) };
        return World.ConnectAsync(World.App, Place, options, "local");
    }

    public static string Vitals(int pulse) => $$"""{"patient_lookup":{{Lookup}},"date_taken":"2026-11-20","pulse":{{pulse}},"note":"seen at rest"}""";

    /// <summary>Asks for a write and gives the link of its answer.</summary>
    public static async Task<Uri> LinkAsync(McpClient client, string arguments, string tool = "record_vitals")
    {
        var reply = await client.ReplyAsync(tool, arguments);
        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Write("status").ShouldBe("approval_needed");
        return new Uri(reply.Write("link"));
    }

    /// <summary>Nothing that identifies stands in what the model, the log and the audit got.</summary>
    public void TellsNothing(params string[] told)
    {
        var audit = File.ReadAllText(Path.Combine(World.DataDirectory, "audit.jsonl"));
        foreach (var text in (string[])[.. told, World.Log.Text, audit])
            foreach (var word in Identifying) text.ShouldNotContain(word, Case.Insensitive);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _pages.DisposeAsync();
        await World.DisposeAsync();
    }

    private ValueTask<bool> Opener(Uri page, CancellationToken cancellation) => ValueTask.FromResult(Opens?.Invoke(page) ?? false);
}

internal static class WriteReplies
{
    /// <summary>A member of the answer's <c>write</c>.</summary>
    public static string Write(this ToolReply reply, string member) => reply.Content.GetProperty("write").GetProperty(member).GetString()!;
}
