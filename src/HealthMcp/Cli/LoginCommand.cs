using System.CommandLine;
using HealthMcp.Audit;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Storage;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Cli;

/// <summary><c>login drcloud</c>: a person signs in to the EHR in a browser, and this server may then read in her name, or in one patient's chart.</summary>
internal sealed class LoginCommand(Terminal terminal, CommonOptions common, Func<Uri, bool> browser, TimeProvider time, Entropy entropy)
{
    private readonly Option<bool> _patient =
        new("--patient") { Description = "Sign in for the chart of one patient, chosen at the EHR; Appointment needs that." };
    private readonly Option<bool> _write = new("--write") { Description = "Also ask for the one write that there is: practitioners." };
    private readonly Option<string?> _scopes = new("--scopes") { Description = "SMART scopes to ask for instead of the usual ones, separated by spaces." };
    private readonly Option<bool> _noBrowser = new("--no-browser") { Description = "Print the address instead of opening a browser." };
    private readonly Option<int> _port =
        new("--port") { Description = "Port of the redirect address on 127.0.0.1; 0 takes any free one.", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _wait = new("--wait") { Description = "Minutes to wait for the browser.", DefaultValueFactory = _ => 5 };

    public Command Build()
    {
        var command = new Command("login", "Sign in to a system in a browser.") { SystemArgument(), _patient, _write, _scopes, _noBrowser, _port, _wait };
        command.SetAction(RunAsync);
        return command;
    }

    public static Argument<string> SystemArgument()
    {
        var system = new Argument<string>("system") { Description = "drcloud" };
        system.AcceptOnlyFromAmong(DrCloudEndpoints.System);
        return system;
    }

    /// <returns>The account, or null after it was said what is missing.</returns>
    public static async Task<(Configuration Settings, DrCloudAccount Account)?> AccountAsync(
        ParseResult parsed, CommonOptions common, TextWriter error, CancellationToken cancellation)
    {
        if (common.Read(parsed, error) is not { } configuration) return null;
        if (configuration.DrCloud is { } options) return (configuration, await options.AccountAsync(cancellation));
        await error.WriteLineAsync($"DrCloudEHR is not configured: set {DrCloudOptions.BaseUrl} and {DrCloudOptions.ClientId}, "
            + $"and {DrCloudOptions.ClientSecret} if the client has a secret.");
        return null;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (await AccountAsync(parsed, common, terminal.Error, cancellation) is not { } known) return Exit.CannotStart;
        var wait = TimeSpan.FromMinutes(Math.Clamp(parsed.GetValue(_wait), 1, 60));
        using var limit = new CancellationTokenSource(wait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await SignInAsync(parsed, known.Settings, known.Account, both.Token);
        }
        catch (CallFailureException failure)
        {
            await terminal.Error.WriteLineAsync(failure.Message);
        }
        catch (IOException)
        {
            await terminal.Error.WriteLineAsync("The port is taken: choose another with --port.");
        }
        catch (AuditUnavailableException)
        {
            await terminal.Error.WriteLineAsync(NotRecorded);
            return Exit.CannotStart;
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Nobody signed in in time: nothing was changed. Run the command again.");
        }

        return Exit.ToolError;
    }

    private async Task<int> SignInAsync(ParseResult parsed, Configuration configuration, DrCloudAccount account, CancellationToken cancellation)
    {
        using var data = new DataHome(configuration.Settings.Storage, entropy, time);
        var file = SessionFile.Open(data, entropy);
        using var http = Composition.OutgoingHttp();
        var flow = new CodeSignIn(account, http, time, entropy.Fill);
        var scopes = parsed.GetValue(_scopes)?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            ?? SignInScopes.ToAsk(account, parsed.GetValue(_patient), parsed.GetValue(_write));
        await using var redirect = await LoopbackRedirect.StartAsync(parsed.GetValue(_port), cancellation);
        var asked = await flow.BeginAsync(scopes, redirect.Address, cancellation);
        await SendAsync(asked.Address, parsed.GetValue(_noBrowser));
        var answer = await redirect.AnswerAsync(asked, cancellation);
        if (answer.Kind != AnswerKind.Code)
        {
            await terminal.Error.WriteLineAsync(answer.Kind == AnswerKind.Denied
                ? $"DrCloudEHR did not sign you in ({answer.Error}). Nothing was changed."
                : "The browser brought back something that is not DrCloudEHR's answer to this sign-in. Nothing was changed: run the command again.");
            return Exit.ToolError;
        }

        var session = await Acts(data, time, entropy).DoAsync(Act("login"), () => flow.CompleteAsync(asked, answer.Code!, file, cancellation));
        await terminal.Out.WriteLineAsync("Signed in to DrCloudEHR.");
        foreach (var line in GrantLines.Of(session, time.GetUtcNow())) await terminal.Out.WriteLineAsync(line);
        return Exit.Done;
    }

    public const string NotRecorded = "The audit log cannot be written, and without it a sign-in is neither begun nor ended: run `healthmcp doctor`.";

    public static OperatorLog Acts(DataHome data, TimeProvider time, Entropy entropy) =>
        new(new AuditLog(data.Store, data.Keys, entropy, time), time, entropy);

    public static OperatorAct Act(string name) => new(name) { System = DrCloudEndpoints.System, Source = AuditSource.Live };

    private async Task SendAsync(Uri address, bool onlyPrint)
    {
        var opened = !onlyPrint && browser(address);
        await terminal.Out.WriteLineAsync(opened ? "A browser was opened. If you do not see it, go to:" : "Open this address in a browser on this machine:");
        await terminal.Out.WriteLineAsync(address.AbsoluteUri);
        await terminal.Out.FlushAsync();
    }
}
