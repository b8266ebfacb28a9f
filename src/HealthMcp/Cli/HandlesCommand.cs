using System.CommandLine;
using HealthMcp.Audit;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;

namespace HealthMcp.Cli;

/// <summary><c>handles</c>: how many there are, and forgetting them. It never shows what one stands for.</summary>
internal sealed class HandlesCommand(Terminal terminal, CommonOptions common)
{
    private readonly Argument<string?> _handle = new("handle") { Description = "One handle of any kind.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _patient =
        new("--patient") { Description = "A person's handle (subj_… or pt_…): it, what is remembered of the person, and all handles of that record." };
    private readonly Option<bool> _all = new("--all") { Description = "Every handle." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask." };

    public Command Build()
    {
        var count = new Command("count", "How many handles there are, and of how many persons something is remembered. Lists nothing.");
        count.SetAction(CountAsync);
        var forget = new Command("forget", "End handles: they are refused from then on, and the same record gets a new one.") { _handle, _patient, _all, _yes };
        forget.SetAction(ForgetAsync);
        return new Command("handles", "Count or forget the handles that stand for record ids.") { count, forget };
    }

    private async Task<int> CountAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (Open(parsed) is not { } app) return Exit.CannotStart;
        using (app)
        {
            var (handles, persons, values) = app.OpenHandles().Count();
            await terminal.Out.WriteLineAsync($"{handles} handles; {values} values remembered of {persons} persons.");
            return Exit.Done;
        }
    }

    private async Task<int> ForgetAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (handle, patient, all) = (parsed.GetValue(_handle), parsed.GetValue(_patient), parsed.GetValue(_all));
        if ((handle is null ? 0 : 1) + (patient is null ? 0 : 1) + (all ? 1 : 0) != 1)
        {
            await terminal.Error.WriteLineAsync("Say what to forget in one way: a handle, --patient with a person's handle, or --all.");
            return Exit.BadUsage;
        }

        if (!parsed.GetValue(_yes))
        {
            if (!terminal.Interactive)
            {
                await terminal.Error.WriteLineAsync("Nothing was forgotten: nobody can be asked here, so agree with --yes.");
                return Exit.BadUsage;
            }

            if (!await AgreedAsync(all ? "every handle" : patient is null ? "this handle" : "this person's handles")) return Exit.Done;
        }

        if (Open(parsed) is not { } app) return Exit.CannotStart;
        using (app) return await ForgetAsync(app.OpenHandles(), handle, patient);
    }

    private async Task<int> ForgetAsync(HandleDesk desk, string? handle, string? patient)
    {
        try
        {
            var ended = patient is not null ? desk.ForgetPerson(patient) : handle is not null ? desk.Forget(handle) : desk.ForgetAll();
            var unknown = ended == 0 && (patient ?? handle) is not null;
            await (unknown ? terminal.Error : terminal.Out).WriteLineAsync(unknown ? HandleResolution.Refusal : $"{ended} forgotten.");
            return unknown ? Exit.ToolError : Exit.Done;
        }
        catch (AuditUnavailableException)
        {
            await terminal.Error.WriteLineAsync("The audit log cannot be written, and without it nothing is forgotten: run `healthmcp doctor`.");
            return Exit.CannotStart;
        }
    }

    private async Task<bool> AgreedAsync(string what)
    {
        await terminal.Out.WriteAsync($"Forget {what}? It cannot be undone. [y/N] ");
        await terminal.Out.FlushAsync();
        return (await terminal.In.ReadLineAsync())?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private App? Open(ParseResult parsed) =>
        common.Read(parsed, terminal.Error) is { } configuration ? CommonOptions.Compose(configuration, Logging.Quiet, terminal.Error) : null;
}
