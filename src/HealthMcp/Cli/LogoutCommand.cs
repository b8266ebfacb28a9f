using System.CommandLine;
using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Cli;

/// <summary><c>logout drcloud</c>: ends the sign-in at the EHR, where that is offered, and forgets it here.</summary>
internal sealed class LogoutCommand(Terminal terminal, CommonOptions common, TimeProvider time, Entropy entropy)
{
    public Command Build()
    {
        var command = new Command("logout", "End a sign-in and forget it.") { LoginCommand.SystemArgument() };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (await LoginCommand.AccountAsync(parsed, common, terminal.Error, cancellation) is not { } known) return Exit.CannotStart;
        using var data = new DataHome(known.Settings.Settings.Storage, entropy, time);
        if (SessionFile.OpenExisting(data, entropy) is not { } file)
        {
            await terminal.Out.WriteLineAsync("Nobody is signed in to DrCloudEHR.");
            return Exit.Done;
        }

        try
        {
            return await EndAsync(data, file, known.Account, cancellation);
        }
        catch (AuditUnavailableException)
        {
            await terminal.Error.WriteLineAsync(LoginCommand.NotRecorded);
            return Exit.CannotStart;
        }
    }

    private async Task<int> EndAsync(DataHome data, SessionFile file, DrCloudAccount account, CancellationToken cancellation)
    {
        using var http = Composition.OutgoingHttp();
        var flow = new CodeSignIn(account, http, time, entropy.Fill);
        var ended = await LoginCommand.Acts(data, time, entropy).DoAsync(
            LoginCommand.Act("logout"), () => flow.EndAsync(file, cancellation), done => done == false ? "not_confirmed" : "ok");
        await terminal.Out.WriteLineAsync(ended switch
        {
            true => "Signed out: DrCloudEHR has ended the sign-in, and it is forgotten here.",
            false => "The sign-in is forgotten here, but DrCloudEHR did not confirm its end: end it there too, or it lasts until it runs out (three months).",
            null => "The sign-in is forgotten here. DrCloudEHR offers no way to end it there: it lasts until it runs out (three months).",
        });
        return ended == false ? Exit.ToolError : Exit.Done;
    }
}
