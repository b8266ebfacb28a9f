using System.CommandLine;

namespace HealthMcp.Cli;

/// <summary><c>health</c>: asks a running server whether it lives; for containers without a shell.</summary>
internal sealed class HealthCommand(Terminal terminal)
{
    private readonly Option<string> _url = new("--url") { Description = "Address of the server.", DefaultValueFactory = _ => "http://127.0.0.1:8765" };

    private readonly Option<bool> _ready = new("--ready") { Description = "Ask whether it is ready for calls, too." };

    public Command Build()
    {
        var command = new Command("health", "Ask a running server whether it lives: exit code 0 if so.") { _url, _ready };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(parsed.GetValue(_url), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await terminal.Error.WriteLineAsync("--url must be an http or https address.");
            return Exit.BadUsage;
        }

        using var http = Composition.OutgoingHttp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, parsed.GetValue(_ready) ? "/readyz" : "/healthz"));
            using var response = await http.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode ? Exit.Done : Exit.ToolError;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("No server answers there.");
            return Exit.ToolError;
        }
    }
}
