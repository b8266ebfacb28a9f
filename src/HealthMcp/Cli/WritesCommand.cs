using System.CommandLine;
using System.Globalization;
using HealthMcp.Audit;
using HealthMcp.Pipeline;
using HealthMcp.Writes;

namespace HealthMcp.Cli;

/// <summary><c>writes</c>: those in doubt, and what was found when somebody looked. It shows nothing of a patient.</summary>
internal sealed class WritesCommand(Terminal terminal, CommonOptions common)
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the write, as writes list shows it." };
    private readonly Option<bool> _written = new("--written") { Description = "You looked, and it is stored." };
    private readonly Option<bool> _notWritten = new("--not-written") { Description = "You looked, and it is not stored: it may be asked for anew." };

    public Command Build()
    {
        var list = new Command("list", "Show the writes whose answer was lost: what, when, who asked, and how to find out. Nothing of the patient.");
        list.SetAction((parsed, _) => WithDeskAsync(parsed, ListAsync));
        var resolve = new Command("resolve", "Say what became of one, after you looked.") { _id, _written, _notWritten };
        resolve.SetAction((parsed, _) => ResolveAsync(parsed));
        return new Command("writes", "Writes in doubt: sent, with the answer lost.") { list, resolve };
    }

    private async Task<int> ListAsync(WriteDesk desk)
    {
        var open = desk.Open();
        if (open.Count == 0) await terminal.Out.WriteLineAsync("No write is in doubt.");
        foreach (var write in open) await terminal.Out.WriteLineAsync(Line(write));
        return Exit.Done;
    }

    private async Task<int> ResolveAsync(ParseResult parsed)
    {
        var written = parsed.GetValue(_written);
        if (written == parsed.GetValue(_notWritten))
        {
            await terminal.Error.WriteLineAsync("Say what you found in one way: --written or --not-written.");
            return Exit.BadUsage;
        }

        return await WithDeskAsync(parsed, desk => ResolveAsync(desk, parsed.GetValue(_id)!, written));
    }

    private async Task<int> ResolveAsync(WriteDesk desk, string id, bool written)
    {
        try
        {
            if (desk.Resolve(id, written))
            {
                await terminal.Out.WriteLineAsync($"Resolved: it is {(written ? "stored, and is not sent again" : "not stored, and may be asked for anew")}.");
                return Exit.Done;
            }

            await terminal.Error.WriteLineAsync("No write in doubt has this id: see `healthmcp writes list`.");
            return Exit.ToolError;
        }
        catch (AuditUnavailableException)
        {
            await terminal.Error.WriteLineAsync("The audit log cannot be written, and without it nothing is resolved: run `healthmcp doctor`.");
            return Exit.CannotStart;
        }
    }

    private static string Line(KeptWrite write) => string.Create(
        CultureInfo.InvariantCulture,
        $"{write.Id}  {write.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {write.Tool} in {SystemNames.Of(write.System)}, asked for by {write.Caller}\n"
            + $"    {write.FindOut}");

    private async Task<int> WithDeskAsync(ParseResult parsed, Func<WriteDesk, Task<int>> run)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        using var app = CommonOptions.Compose(configuration, Logging.Quiet, terminal.Error);
        return app is null ? Exit.CannotStart : await run(app.OpenWrites());
    }
}
