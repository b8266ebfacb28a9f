using System.CommandLine;
using HealthMcp.Catalog;
using HealthMcp.Keys;
using HealthMcp.Storage;

namespace HealthMcp.Cli.Registering;

/// <summary><c>registrations</c>: what was registered, whether it is still what it was, a new key for it, and its end.</summary>
internal sealed class RegistrationsCommand(Terminal terminal, CommonOptions common, TimeProvider time, Entropy entropy)
{
    private readonly Argument<string> _name = new("name") { Description = "Name of the registration, as registrations list shows it." };
    private readonly DeskOpening _opening = new(terminal, common, time, entropy);

    public Command Build() => new("registrations", "This server in registries of MCP servers.")
    {
        Of("list", "Show what is registered, and with which key.", named: false, (_, desk, _) => ListAsync(desk)),
        Of("verify", "Hold what PhenoML has stored of our tools against what they are.", named: true, VerifyAsync),
        Of("rotate", "Put a new key in the place of the old; agents keep working. Run it again if it broke off.", named: true, RotateAsync),
        Of("remove", "End the key, take the tools from agents, and delete the entry. Run it again if it broke off.", named: true, RemoveAsync),
    };

    private Command Of(string verb, string description, bool named, Func<Registration, RegistrationDesk, CancellationToken, Task<int>> work)
    {
        var command = new Command(verb, description);
        if (named) command.Add(_name);
        command.SetAction((parsed, cancellation) => _opening.RunAsync(
            parsed,
            (_, desk) => named ? WithAsync(parsed, desk, found => work(found, desk, cancellation)) : work(null!, desk, cancellation)));
        return command;
    }

    private async Task<int> WithAsync(ParseResult parsed, RegistrationDesk desk, Func<Registration, Task<int>> work)
    {
        if (desk.Book.Find(parsed.GetValue(_name)!) is not { } found)
        {
            await terminal.Error.WriteLineAsync("No registration has this name: see `healthmcp registrations list`.");
            return Exit.ToolError;
        }

        if (found.Source == desk.Source) return await work(found);
        await terminal.Error.WriteLineAsync("This registration is with another PhenoML instance than the one that is configured: run the command with its settings.");
        return Exit.CannotStart;
    }

    private async Task<int> ListAsync(RegistrationDesk desk)
    {
        var all = desk.Book.All;
        if (all.Count == 0) await terminal.Out.WriteLineAsync("There are no registrations: make one with `healthmcp register phenoml --name …`.");
        foreach (var one in all)
            await terminal.Out.WriteLineAsync(RegistrationLines.Of(one, desk.Keys.All.FirstOrDefault(key => key.Id == one.Now.KeyId), time.GetUtcNow()));
        return Exit.Done;
    }

    private async Task<int> VerifyAsync(Registration registration, RegistrationDesk desk, CancellationToken cancellation)
    {
        var servers = await desk.Steps.DoAsync("looked", call => desk.Registry.ServersAsync(call, cancellation));
        var key = desk.Keys.All.FirstOrDefault(each => each.Id == registration.Now.KeyId);
        var server = servers.FirstOrDefault(each => each.Id == registration.Now.Server);
        if (server is null || key?.IsActive(time.GetUtcNow()) is not true)
        {
            await terminal.Out.WriteLineAsync(server is null
                ? "PhenoML has no such entry any more: remove the registration, and make it anew if it is still wanted."
                : "The key of this registration is not active any more, so its tools answer nothing: rotate it.");
            return Exit.ToolError;
        }

        var tools = await desk.StoredAsync(server.Id, cancellation);
        IReadOnlyList<string> moved = RegistrationDesk.Holds(server, key) ? [] : ["the address there is not the one that was registered"];
        IReadOnlyList<string> differences = [.. moved, .. ToolComparison.Of(desk.ToolsOf(key), tools)];
        foreach (var line in RegistrationLines.Compared(differences, tools.Count)) await terminal.Out.WriteLineAsync(line);
        return differences.Count == 0 ? Exit.Done : Exit.ToolError;
    }

    private async Task<int> RotateAsync(Registration registration, RegistrationDesk desk, CancellationToken cancellation)
    {
        if (registration.Ending || registration.Now.Server is null)
        {
            await terminal.Error.WriteLineAsync("This registration is unfinished or being removed: run `healthmcp registrations remove` first.");
            return Exit.ToolError;
        }

        try
        {
            await new Rotation(desk, time, terminal.Out.WriteLine).RunAsync(registration, cancellation);
            return Exit.Done;
        }
        catch (CallFailureException failure)
        {
            await terminal.Error.WriteLineAsync(failure.Message);
            await terminal.Error.WriteLineAsync(desk.Book.Find(registration.Name)?.Next is null
                ? "Nothing was changed: the old key goes on as before."
                : "The rotation broke off half-way; agents have the tools they had or the new ones, and both work. Run it again to go on.");
            return Exit.ToolError;
        }
    }

    // The key first: whatever cannot be undone there, nobody comes in with it any more.
    private async Task<int> RemoveAsync(Registration registration, RegistrationDesk desk, CancellationToken cancellation)
    {
        desk.Book.Put(registration with { Ending = true });
        RegistryEntry[] entries = registration.Next is { } next ? [registration.Now, next] : [registration.Now];
        var owned = entries.Select(entry => (Entry: entry, Key: desk.Keys.All.FirstOrDefault(key => key.Id == entry.KeyId))).ToList();
        foreach (var (entry, _) in owned) desk.Revoke(entry.KeyId);
        foreach (var (entry, key) in owned)
        {
            // An entry that was being made when the answer was lost is known by its key alone, while that is not yet forgotten.
            var server = entry.Server ?? (key is { Revoked: null } ? await desk.FindAsync(key, cancellation) : null);
            if (server is null && key is not { Revoked: null })
                await terminal.Out.WriteLineAsync("An entry that was being made may still stand at PhenoML: look with list_mcp_servers; its key is ended.");
            await Rotation.MoveAgentsAsync(desk, entry, null, cancellation);
            if (server is not null) await desk.Steps.DoAsync("deleted", call => desk.Registry.DeleteAsync(server, call, cancellation));
        }

        desk.Book.Remove(registration.Name);
        await terminal.Out.WriteLineAsync($"Removed \"{registration.Name}\": its key is ended, its entry deleted, and no agent has its tools any more.");
        return Exit.Done;
    }
}
