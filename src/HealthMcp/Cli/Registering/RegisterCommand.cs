using System.CommandLine;
using HealthMcp.Catalog;
using HealthMcp.Keys;
using HealthMcp.Storage;
using HealthMcp.Upstreams.PhenoML;

namespace HealthMcp.Cli.Registering;

/// <summary><c>register phenoml</c>: makes a key, registers the URL that holds it with PhenoML, and holds what PhenoML found against what is there.</summary>
internal sealed class RegisterCommand(Terminal terminal, CommonOptions common, TimeProvider time, Entropy entropy)
{
    private readonly Option<string> _name = new("--name") { Description = "What the registry and you call it.", Required = true };
    private readonly Option<string?> _url =
        new("--url") { Description = "Address at which PhenoML reaches this server. Default: HEALTHMCP_PUBLIC_URL, or port 8765 of this machine." };
    private readonly Option<string?> _scopes =
        new("--scopes") { Description = "What PhenoML's agents may do here. Default: every read but agents, workflows and registry." };
    private readonly Option<string> _level =
        new("--level") { Description = "deidentified, limited or identified.", DefaultValueFactory = _ => "deidentified" };
    private readonly Option<string> _expires =
        new("--expires") { Description = "How long the key lasts: 90d, 12h or a date; a year at most.", DefaultValueFactory = _ => "90d" };
    private readonly Option<string?> _networks =
        new("--networks") { Description = "Networks PhenoML may call from (CIDR), separated by commas. Default: any." };

    public Command Build()
    {
        var system = new Argument<string>("registry") { Description = PhenoMLEndpoints.System };
        system.AcceptOnlyFromAmong(PhenoMLEndpoints.System);
        var command = new Command("register", "Register this server with a registry of MCP servers.")
        {
            system, _name, _url, _scopes, _level, _expires, _networks,
        };
        command.SetAction((parsed, cancellation) => new DeskOpening(terminal, common, time, entropy).RunAsync(
            parsed, (app, desk) => RunAsync(parsed, app, desk, cancellation)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, App app, RegistrationDesk desk, CancellationToken cancellation)
    {
        var (problems, now) = (new List<string>(), time.GetUtcNow());
        var endpoint = KeysCommand.Endpoint(parsed.GetValue(_url), app.Settings);
        var words = new KeyWords(
            parsed.GetValue(_name)!, parsed.GetValue(_scopes), parsed.GetValue(_level)!, parsed.GetValue(_expires)!, parsed.GetValue(_networks), endpoint);
        var order = KeyOrder.Read(words, app.Scopes, now, problems);
        if (desk.Book.Find(order.Name) is not null)
            problems.Add("--name is taken: see `healthmcp registrations list`, rotate or remove that one, or choose another.");
        if (problems.Count > 0)
        {
            foreach (var problem in problems) await terminal.Error.WriteLineAsync(problem.Replace("--public-url", "--url", StringComparison.Ordinal));
            return Exit.BadUsage;
        }

        var registration = new Registration(order.Name, endpoint, desk.Source, now, new RegistryEntry("", []));
        try
        {
            var (entry, tools) = await desk.MakeAsync(registration, order, made => desk.Book.Put(registration with { Now = made }), cancellation);
            var key = desk.Keys.All.First(each => each.Id == entry.KeyId);
            foreach (var line in RegistrationLines.Made(registration with { Now = entry }, key, app.ConnectionOf(PhenoMLEndpoints.System)!.Source))
                await terminal.Out.WriteLineAsync(line);
            var differences = ToolComparison.Of(desk.ToolsOf(key), tools);
            foreach (var line in RegistrationLines.Compared(differences, tools.Count)) await terminal.Out.WriteLineAsync(line);
            return differences.Count == 0 ? Exit.Done : Exit.ToolError;
        }
        catch (CallFailureException failure)
        {
            desk.Book.Remove(order.Name);
            await terminal.Error.WriteLineAsync(failure.Message);
            await terminal.Error.WriteLineAsync(failure.Code == FailureCodes.InDoubt
                ? "The key was ended, so an entry that may stand there opens nothing: look with list_mcp_servers, and remove it with remove_mcp_server."
                : "Nothing was registered, and the key that was made for it was ended.");
            return Exit.ToolError;
        }
    }
}
