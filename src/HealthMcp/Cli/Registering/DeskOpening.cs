using System.CommandLine;
using HealthMcp.Audit;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Storage;
using HealthMcp.Upstreams.PhenoML;
using HealthMcp.Upstreams.PhenoML.Registry;

namespace HealthMcp.Cli.Registering;

/// <summary>Opens the desk for a command, and says in a sentence why a command could not be carried out.</summary>
internal sealed class DeskOpening(Terminal terminal, CommonOptions common, TimeProvider time, Entropy entropy)
{
    /// <param name="parsed">The command line.</param>
    /// <param name="work">Returns the exit code.</param>
    public async Task<int> RunAsync(ParseResult parsed, Func<App, RegistrationDesk, Task<int>> work)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        using var app = CommonOptions.Compose(configuration, Logging.Quiet, terminal.Error);
        if (app is null) return Exit.CannotStart;
        if (app.ConnectionOf(PhenoMLEndpoints.System) is not { } connection)
        {
            await terminal.Error.WriteLineAsync(
                $"PhenoML is switched off: set {PhenoMLOptions.BaseUrl}, {PhenoMLOptions.ClientId} and {PhenoMLOptions.ClientSecret}, or --sandbox phenoml.");
            return Exit.CannotStart;
        }

        using var http = Composition.OutgoingHttp();
        var steps = new StepLog(new AuditLog(app.Data.Store, app.Data.Keys, entropy, time), connection.Source, time, entropy);
        var desk = new RegistrationDesk(app, new RegistryClient(new UpstreamClient(connection, http, time)), steps, time, entropy);
        try
        {
            return await work(app, desk);
        }
        catch (CallFailureException failure)
        {
            await terminal.Error.WriteLineAsync(failure.Message);
            return Exit.ToolError;
        }
        catch (AuditUnavailableException)
        {
            await terminal.Error.WriteLineAsync("The audit log cannot be written, and without it nothing is done: run `healthmcp doctor`.");
            return Exit.CannotStart;
        }
    }
}
