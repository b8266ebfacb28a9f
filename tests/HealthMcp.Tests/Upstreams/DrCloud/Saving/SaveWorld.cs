using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using HealthMcp.Tests.Upstreams.DrCloud.SignIn;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.DrCloud.Saving;

/// <summary>The EHR in either form, open to somebody who may write: the conformant one by the key, the vendor's only by a person's sign-in.</summary>
internal sealed class SaveWorld : IAsyncDisposable
{
    public const string Create = "POST /apis/{site}/fhir/Practitioner";
    public const string Update = "PUT /apis/{site}/fhir/Practitioner/{id}";
    public const string Read = "GET /apis/{site}/fhir/Practitioner/{id}";

    public static readonly (string, string)[] Identified = [("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "operations")];

    private readonly App? _signedIn;
    private McpClient _client = null!;

    private SaveWorld(World world, App? signedIn) => (World, _signedIn) = (world, signedIn);

    public World World { get; }

    public static async Task<SaveWorld> StartAsync(bool conformant, params (string, string)[] settings)
    {
        (string, string)[] usual = [("HEALTHMCP_TOOLSETS", "drcloud"), ("HEALTHMCP_WRITES", "confirm")];
        (string, string)[] all = [.. usual.ExceptBy(settings.Select(one => one.Item1), one => one.Item1, StringComparer.Ordinal), .. settings];
        var world = await World.StartAsync(new SandboxOptions { Conformant = conformant }, all);
        var scopes = string.Join(' ', world.App.Scopes.Known);
        var signedIn = conformant ? null : await SignInHarness.SignedInAsync(world, write: true, settings: [("HEALTHMCP_SCOPES", scopes), .. all]);
        return new SaveWorld(world, signedIn) { _client = await world.ConnectAsync(signedIn) };
    }

    public Task<ToolReply> CallAsync(string arguments) => _client.ReplyAsync("drcloud_save_practitioner", arguments);

    /// <summary>Calls for a preview, then again with its confirmation.</summary>
    public async Task<ToolReply> WriteAsync(string arguments)
    {
        var preview = await CallAsync(arguments);
        return preview.IsError ? preview : await ConfirmAsync(arguments, preview);
    }

    public Task<ToolReply> ConfirmAsync(string arguments, ToolReply preview) =>
        CallAsync($$"""{{arguments.TrimEnd()[..^1]}},"confirmation":"{{preview.Confirmation}}"}""");

    public Task<ToolReply> SearchAsync(string query) =>
        _client.ReplyAsync("drcloud_fhir_search", $$"""{"type":"Practitioner","query":"{{query}}"}""");

    public async Task<JsonElement> ReadAsync(string handle) =>
        (await _client.ReplyAsync("drcloud_fhir_read", $$"""{"type":"Practitioner","id":"{{handle}}"}""")).Resources()[0];

    /// <summary>Handle of a practitioner of the sandbox.</summary>
    public async Task<string> SomebodyAsync() => (await SearchAsync("active=true")).Resources()[0].GetProperty("id").GetString()!;

    public IReadOnlyList<JournalEntry> Sent(string operation) => World.Sandbox.Journal.Of("drcloud", operation);

    public static (string? Status, bool Verified) Outcome(ToolReply reply)
    {
        reply.IsError.ShouldBeFalse(reply.Text);
        var write = reply.Content.GetProperty("write");
        return (write.GetProperty("status").GetString(), write.GetProperty("verified").GetBoolean());
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        _signedIn?.Dispose();
    }
}
