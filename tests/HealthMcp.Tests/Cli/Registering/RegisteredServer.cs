using System.Globalization;
using System.Text.Json;
using HealthMcp.Cli;
using HealthMcp.Hosting;
using HealthMcp.Keys;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using Microsoft.AspNetCore.Builder;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Cli.Registering;

/// <summary>
/// The program served over HTTP as the serve command does it, on a sandbox whose PhenoML is, to the operator's commands, a live instance on this machine:
/// what is registered there calls back over HTTP.
/// </summary>
internal sealed class RegisteredServer : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http = Composition.OutgoingHttp();
    private readonly KeyDoor _door;
    private readonly WebApplication _server;
    private readonly TempFolder _folder = new();

    private RegisteredServer(World world)
    {
        World = world;
        _door = new KeyDoor(world.App.Data.Store, TimeProvider.System);
        _server = new HttpServing(world.App, new HttpHostOptions { Urls = ["http://127.0.0.1:0"] }, _door, world.Log, _http).Build();
    }

    public World World { get; }

    /// <summary>A client that may do everything, in the place of an agent's user.</summary>
    public McpClient Client { get; private set; } = null!;

    public string Address => _server.Urls.Single();

    public List<string> Said { get; } = [];

    public IReadOnlyList<RegistrationKey> Keys => new KeyStore(World.App.Data.Store, TimeProvider.System).All;

    /// <summary>The URLs that PhenoML was given, which nobody else ever sees.</summary>
    public IReadOnlyList<string> Urls =>
    [
        .. World.Sandbox.Journal.Of("phenoml", "POST /tools/mcp-server/create")
            .Select(entry => JsonElement.Parse(entry.Body).GetProperty("mcp_server_url").GetString()!),
    ];

    public static async Task<RegisteredServer> StartAsync(SandboxOptions? sandbox = null)
    {
        var world = await World.StartAsync(sandbox ?? new SandboxOptions(), ("HEALTHMCP_TOOLSETS", "all"), ("HEALTHMCP_WRITES", "direct"));
        var server = new RegisteredServer(world) { Client = await world.ConnectAsync() };
        await server._server.StartAsync();
        return server;
    }

    /// <summary>One command of the operator, with the settings of the server.</summary>
    public async Task<(int Code, string Out, string Error)> RunAsync(params string[] arguments)
    {
        var at = World.Sandbox.Addresses.PhenoML;
        var config = _folder["settings.json"];
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HEALTHMCP_DATA_DIR"] = World.DataDirectory,
            ["HEALTHMCP_TOOLSETS"] = "all",
            ["HEALTHMCP_SANDBOX"] = "xcures,patients,drcloud",
            ["PHENOML_BASE_URL"] = at.BaseUri.AbsoluteUri,
            ["PHENOML_CLIENT_ID"] = at.ClientId,
            ["PHENOML_CLIENT_SECRET"] = at.ClientSecret,
        }));
        var (output, error) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var terminal = new Terminal(TextReader.Null, output, error, false, () => Stream.Null, () => Stream.Null);
        var code = await new CommandLine(terminal).RunAsync([.. arguments, "--config", config]);
        Said.Add(output.ToString());
        Said.Add(error.ToString());
        return (code, output.ToString(), error.ToString());
    }

    public async Task<ToolReply> CallAsync(string tool, string arguments)
    {
        var reply = await Client.ReplyAsync(tool, arguments);
        Said.Add(reply.Text);
        Said.Add(reply.Content.GetRawText());
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        _door.Dispose();
        _http.Dispose();
        await World.DisposeAsync();
        _folder.Dispose();
    }
}
