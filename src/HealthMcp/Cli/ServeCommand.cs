using System.CommandLine;
using HealthMcp.Approvals;
using HealthMcp.Hosting;
using HealthMcp.Pipeline;
using HealthMcp.Keys;
using HealthMcp.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Cli;

/// <summary>Serves: over standard input and output with <c>--stdio</c>, else over streamable HTTP.</summary>
internal sealed class ServeCommand(Terminal terminal, CommonOptions common)
{
    /// <summary>Without sessions: how long calls are still taken once the program is asked to stop, and how long those under way may go on then.</summary>
    public static readonly (TimeSpan Drain, TimeSpan End) Stopping = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));

    private readonly Option<bool> _stdio = new("--stdio") { Description = "Serve one client over standard input and output." };
    private readonly Option<int> _port = new("--port") { Description = "Port on 127.0.0.1.", DefaultValueFactory = _ => 8765 };
    private readonly Option<string?> _urls = new("--urls") { Description = "Addresses to listen on, separated by semicolons, instead of --port." };
    private readonly Option<bool> _anonymous = new("--anonymous-sandbox") { Description = "Serve the sandbox to anyone who reaches the address." };
    private readonly Option<string?> _hosts =
        new("--allowed-hosts") { Description = "Host names that clients may use, separated by commas; loopback names without it." };
    private readonly Option<string?> _origins = new("--allowed-origins") { Description = "Origins of web pages that may call, separated by commas." };

    private readonly Option<bool> _stateless =
        new("--stateless") { Description = "Keep no sessions, so that any instance answers any request. So it is with HEALTHMCP_DATABASE." };
    private readonly Option<int?> _drain = new("--drain")
    {
        Description = "Seconds for which calls are still taken once the program is asked to stop, while /readyz says no. Default: 5 without sessions, else 0.",
    };

    public void AddTo(RootCommand root)
    {
        root.Add(_stdio);
        root.Add(_port);
        root.Add(_urls);
        root.Add(_anonymous);
        root.Add(_hosts);
        root.Add(_origins);
        root.Add(_stateless);
        root.Add(_drain);
        root.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        var http = Http(parsed, configuration.Settings);
        if (!parsed.GetValue(_stdio) && Refusal(configuration.Settings, http.Urls, parsed.GetValue(_anonymous)) is { } refusal)
        {
            await terminal.Error.WriteLineAsync(refusal);
            return Exit.CannotStart;
        }

        using var loggers = Logging.ToFile(configuration.Settings, terminal.Error);
        using var app = CommonOptions.Compose(configuration, loggers, terminal.Error);
        if (app is null) return Exit.CannotStart;
        using var telemetry = TelemetryExport.Start(Environment.GetEnvironmentVariable);
        if (!parsed.GetValue(_stdio)) return await ServeHttpAsync(app, http, loggers, cancellation);

        // A shared store that cannot be used is said at the start, not by the first call.
        if (configuration.Settings.Storage.Database is not null) _ = app.Data.Store;
        await using var pages = new LoopbackPages(new ApprovalPages(() => app.Approvals));
        var browser = new OwnBrowser(pages, () => app.Data.Local, Browser.OpenOnScreen, TimeProvider.System, Entropy.System);
        var place = new ApprovalPlace(pages.AddressAsync, browser.ShowAsync);
        var served = app.ServerOptions(context => HttpServing.Named(app.LocalCaller("stdio"), context.Server.ClientInfo), place);
        await new StdioHost(served, loggers).RunProcessAsync(cancellation);
        return Exit.Done;
    }

    private async Task<int> ServeHttpAsync(
        App app, HttpHostOptions options, ILoggerFactory loggers, CancellationToken cancellation)
    {
        using var http = Composition.OutgoingHttp();
        using var door = new KeyDoor(app.Data.Store, TimeProvider.System);
        using var readiness = new Readiness(app.RequireReady, TimeProvider.System, loggers.CreateLogger<Readiness>());
        await using var server = new HttpServing(app, options, door, loggers, http, readiness: readiness).Build();
        try
        {
            await server.StartAsync(cancellation);
        }
        catch (IOException)
        {
            await terminal.Error.WriteLineAsync($"Cannot listen on {string.Join(", ", options.Urls)}: another program does already, "
                + "or it is not this machine's. Choose another with --port or --urls.");
            return Exit.CannotStart;
        }

        await terminal.Out.WriteLineAsync(HttpStart.Directions(HttpStart.Reachable(server.Urls.First()), app.Settings));
        await terminal.Out.FlushAsync(cancellation);
        await StopSignals.WaitAsync(server.Lifetime.ApplicationStopping, cancellation);

        // Balancers go on sending calls for as long as they need to notice, so those are taken; then nothing new, and what runs may end.
        readiness.Drain();
        await Task.Delay(options.Drain, TimeProvider.System, CancellationToken.None);
        await server.StopAsync(CancellationToken.None);
        return Exit.Done;
    }

    private HttpHostOptions Http(ParseResult parsed, Settings settings)
    {
        var stateless = parsed.GetValue(_stateless) || settings.Storage.Database is not null;
        var asked = parsed.GetValue(_drain) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 60)) : (TimeSpan?)null;
        return new HttpHostOptions
        {
            Urls = UrlsOf(parsed),
            AllowedHosts = Split(parsed.GetValue(_hosts), ','),
            AllowedOrigins = Split(parsed.GetValue(_origins), ','),
            Proxies = settings.Web.Proxies,
            Stateless = stateless,
            Drain = asked ?? (stateless ? Stopping.Drain : TimeSpan.Zero),
            ShutdownTimeout = stateless ? Stopping.End : TimeSpan.FromSeconds(5),
        };
    }

    // Asked only where something depends on it: the sandbox is served without a look at the keys.
    private static string? Refusal(Settings settings, IReadOnlyList<string> urls, bool anonymousSandbox) => HttpStart.Refusal(
        settings, urls, anonymousSandbox, () => AnyKey(new DataHome(settings.Storage, Entropy.System, TimeProvider.System)));

    private static bool AnyKey(DataHome data) => new KeyStore(data.Store, TimeProvider.System).AnyActive();

    private IReadOnlyList<string> UrlsOf(ParseResult parsed) =>
        parsed.GetValue(_urls) is { } urls
            ? Split(urls, ';')
            : [$"http://127.0.0.1:{parsed.GetValue(_port).ToString(System.Globalization.CultureInfo.InvariantCulture)}"];

    private static string[] Split(string? text, char at) => text?.Split(at, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
