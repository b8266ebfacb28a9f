using System.CommandLine;
using HealthMcp.Cli.Registering;
using HealthMcp.Storage;

namespace HealthMcp.Cli;

/// <summary>The program's commands. Without one it serves.</summary>
internal sealed class CommandLine
{
    private readonly Terminal _terminal;
    private readonly RootCommand _root;

    public CommandLine(Terminal terminal)
    {
        _terminal = terminal;
        var options = new CommonOptions();
        _root = new RootCommand("HealthMcp: an MCP server over xCures, PhenoML, DrCloudEHR and a Patients API. Without a command it serves.");
        options.AddTo(_root);
        new ServeCommand(terminal, options).AddTo(_root);
        _root.Add(new ToolsCommand(terminal, options).Build());
        _root.Add(new CallCommand(terminal, options).Build());
        _root.Add(new DoctorCommand(terminal, options).Build());
        _root.Add(new LoginCommand(terminal, options, Browser.Open, TimeProvider.System, Entropy.System).Build());
        _root.Add(new LogoutCommand(terminal, options, TimeProvider.System, Entropy.System).Build());
        _root.Add(new KeysCommand(terminal, options, TimeProvider.System, Entropy.System).Build());
        _root.Add(new RegisterCommand(terminal, options, TimeProvider.System, Entropy.System).Build());
        _root.Add(new RegistrationsCommand(terminal, options, TimeProvider.System, Entropy.System).Build());
        _root.Add(new RedactCommand(terminal, options, TimeProvider.System).Build());
        _root.Add(new HandlesCommand(terminal, options).Build());
        _root.Add(new DatabaseCommand(terminal, options, TimeProvider.System, Entropy.System).Build());
        _root.Add(new WritesCommand(terminal, options).Build());
        _root.Add(new AuditCommand(terminal, options, TimeProvider.System).Build());
        _root.Add(new SandboxCommand(terminal).Build());
        _root.Add(new InstallCommand(terminal).Build());
        _root.Add(new HealthCommand(terminal).Build());
    }

    /// <returns>What the arguments say, and what is wrong with them; nothing runs.</returns>
    public ParseResult Parse(IReadOnlyList<string> arguments) => _root.Parse(arguments);

    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellation = default)
    {
        var parsed = Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await _terminal.Error.WriteLineAsync(string.Join(Environment.NewLine, parsed.Errors.Select(e => e.Message).Append("See --help.")));
            return Exit.BadUsage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = _terminal.Out,
            Error = _terminal.Error,
            EnableDefaultExceptionHandler = false,

            // A server that is asked to stop lets calls end first: longer than that takes by default, shorter than a minute.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(45),
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (StorageException e)
        {
            // Its message is for the operator, who is the one reading here.
            await _terminal.Error.WriteLineAsync(e.Message);
            return Exit.CannotStart;
        }
    }
}
