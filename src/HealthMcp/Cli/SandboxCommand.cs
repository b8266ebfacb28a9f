using System.CommandLine;
using HealthMcp.Sandbox;

namespace HealthMcp.Cli;

/// <summary><c>sandbox --port N</c>: the four systems alone, for trying a client against them, and how to reach each.</summary>
internal sealed class SandboxCommand(Terminal terminal)
{
    private readonly Option<int> _port = new("--port") { Description = "Port on loopback; 0 takes any free one.", DefaultValueFactory = _ => 8790 };
    private readonly Option<bool> _conformant = new("--conformant") { Description = "Let DrCloudEHR be a well-behaved FHIR server instead of one with its quirks." };

    public Command Build()
    {
        var command = new Command("sandbox", "Run the sandbox alone: made-up patients in all four systems.") { _port, _conformant };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Port = parsed.GetValue(_port), Conformant = parsed.GetValue(_conformant) }, cancellation);
            await terminal.Out.WriteLineAsync(Directions(sandbox.Addresses));
            await terminal.Out.FlushAsync(cancellation);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
            return Exit.Done;
        }
        catch (IOException)
        {
            await terminal.Error.WriteLineAsync("The port is taken: choose another with --port.");
            return Exit.CannotStart;
        }
    }

    private static string Directions(SandboxAddresses at) => $"""
        The sandbox is up; all its patients are made up. Ctrl-C stops it. To point a HealthMcp at it:

        XCURES_BASE_URL={at.XCures.BaseAddress}
        """;
}
