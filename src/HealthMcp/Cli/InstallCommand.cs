using System.CommandLine;

namespace HealthMcp.Cli;

/// <summary><c>install claude|vscode|cursor</c>: writes this server into the client's own configuration, keeping a backup.</summary>
internal sealed class InstallCommand(Terminal terminal)
{
    private readonly Argument<string> _client =
        new Argument<string>("client") { Description = "claude, vscode or cursor." }.AcceptOnlyFromAmong("claude", "vscode", "cursor");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be written, and write nothing." };
    private readonly Option<string?> _file = new("--file") { Description = "The client's configuration file, where it is not in its usual place." };

    public Command Build()
    {
        var command = new Command("install", "Add this server to an MCP client.") { _client, _dryRun, _file };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var client = ClientFile.Of(parsed.GetValue(_client)!);
        var path = parsed.GetValue(_file) ?? client.UsualPath();
        try
        {
            var text = client.With(File.Exists(path) ? File.ReadAllText(path) : "", ServerEntry.OfThisProgram());
            if (parsed.GetValue(_dryRun))
            {
                terminal.Out.WriteLine($"{path} would become:");
                terminal.Out.WriteLine(text);
                return Exit.Done;
            }

            if (Replace(path, text) is { } backup) terminal.Out.WriteLine($"The file as it was is kept as {backup}");
            terminal.Out.WriteLine($"Added healthmcp to {path}. Restart the client to see its tools.");
            return Exit.Done;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            terminal.Error.WriteLine($"{path} is not the JSON that the client writes; nothing was changed. Mend it, or name another with --file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{path} cannot be written; nothing was changed. Check its folder's permissions, or name another with --file.");
        }

        return Exit.CannotStart;
    }

    // The new file takes the old one's place in one step, so a client never reads half of it.
    private static string? Replace(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var backup = File.Exists(path) ? FreeName(path) : null;
        if (backup is not null) File.Copy(path, backup);
        var next = path + ".new";
        File.WriteAllText(next, text);
        File.Move(next, path, overwrite: true);
        return backup;
    }

    private static string FreeName(string path) => Enumerable.Range(1, int.MaxValue).Select(n => $"{path}.{n}.bak").First(name => !File.Exists(name));
}
