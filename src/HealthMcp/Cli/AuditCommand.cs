using System.CommandLine;
using System.Globalization;
using HealthMcp.Audit;
using HealthMcp.Pipeline;

namespace HealthMcp.Cli;

/// <summary><c>audit</c>: verifies the log, accounts for disclosures, hands calls to an audit repository, and keeps the log by segments.</summary>
internal sealed class AuditCommand(Terminal terminal, CommonOptions common, TimeProvider time)
{
    private const int LeastYears = 6;

    private readonly AuditAsk _ask = new();
    private readonly Option<string> _format = new("--format") { Description = "text or csv.", DefaultValueFactory = _ => "text" };
    private readonly Option<bool> _fhir = new("--fhir") { Description = "FHIR R4 AuditEvents, one a line (NDJSON).", Required = true };
    private readonly Option<string> _to = new("--to") { Description = "An empty folder, or one that is not there yet.", Required = true };
    private readonly Option<int> _years =
        new("--years") { Description = "How many years to keep, 6 at least (45 CFR 164.316(b)(2)(i)).", DefaultValueFactory = _ => LeastYears };

    public Command Build()
    {
        _format.AcceptOnlyFromAmong("text", "csv");
        var report = new Command("report", "Account for disclosures (45 CFR 164.528): when, to whom, what and for which purpose.") { _format };
        var export = new Command("export", "Write calls for an audit repository.") { _fhir };
        _ask.AddTo(report);
        _ask.AddTo(export);
        var remove = new Command("remove", "Remove closed segments that have been kept long enough. A line in the log says which.") { _years };
        return new Command("audit", "Verify the audit log, account for disclosures, and keep the log by segments.")
        {
            new AuditVerifyCommand(terminal, time).Build(VerifyAsync),
            Acting(report, (desk, parsed) => TellAsync(desk, parsed, "audit_report", calls => Report(calls, parsed.GetValue(_format)!))),
            Acting(export, (desk, parsed) => TellAsync(desk, parsed, "audit_export", calls => FhirLines.Write(terminal.Out, calls))),
            Acting(new Command("keys", "Show the public keys that sign the log, to be kept elsewhere."), (desk, _) => KeysAsync(desk)),
            Acting(new Command("head", "Show how far the log is, signed, to be kept elsewhere: audit verify --expect holds the log to it."), (desk, _) => HeadAsync(desk)),
            Acting(
                new Command("copy", "Copy the log's segments and heads for an auditor, without keys.") { _to },
                (desk, parsed) => CopyAsync(desk, parsed.GetValue(_to)!)),
            Acting(new Command("close", "Close this segment and begin the next with a new signing key."), (desk, _) => SayAsync(desk.Close(), "closed")),
            Acting(new Command("set-aside", "Keep a broken log as it is, and begin the next segment."), (desk, _) => SayAsync(desk.SetAside(), "set aside")),
            Acting(remove, RemoveAsync),
        };
    }

    private Command Acting(Command command, Func<AuditDesk, ParseResult, Task<int>> act)
    {
        command.SetAction((parsed, _) => WithDeskAsync(parsed, act));
        return command;
    }

    private async Task<int> WithDeskAsync(ParseResult parsed, Func<AuditDesk, ParseResult, Task<int>> act)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        using var app = CommonOptions.Compose(configuration, Logging.Quiet, terminal.Error);
        if (app is null) return Exit.CannotStart;
        try
        {
            return await act(app.OpenAudit(), parsed);
        }
        catch (AuditUnavailableException e)
        {
            await terminal.Error.WriteLineAsync(e.InnerException?.Message ?? e.Message);
            return Exit.CannotStart;
        }
    }

    /// <returns>Null after it was said why there is none.</returns>
    private async Task<AuditVerdict?> VerifyAsync(ParseResult parsed, HeadState? expected)
    {
        AuditVerdict? verdict = null;
        await WithDeskAsync(parsed, (desk, _) =>
        {
            verdict = desk.Verify(expected);
            return Task.FromResult(Exit.Done);
        });
        return verdict;
    }

    private async Task<int> HeadAsync(AuditDesk desk)
    {
        if (desk.Head() is not { } head)
        {
            await terminal.Error.WriteLineAsync("Nothing is recorded yet.");
            return Exit.ToolError;
        }

        await terminal.Out.WriteAsync(System.Text.Encoding.ASCII.GetString(head));
        return Exit.Done;
    }

    private async Task<int> CopyAsync(AuditDesk desk, string folder)
    {
        var segments = desk.CopyTo(folder);
        await terminal.Out.WriteLineAsync($"Copied, up to segment {segments}. It is verified with `healthmcp audit verify --folder … --public-keys …`.");
        return Exit.Done;
    }

    private async Task<int> TellAsync(AuditDesk desk, ParseResult parsed, string tool, Action<IReadOnlyList<AuditCall>> tell)
    {
        var problems = new List<string>();
        var question = _ask.Read(parsed, desk, problems);
        if (problems.Count > 0)
        {
            foreach (var problem in problems) await terminal.Error.WriteLineAsync(problem);
            return Exit.BadUsage;
        }

        var (calls, verdict) = desk.Find(tool, question);
        tell(calls);
        if (verdict.IsIntact) return Exit.Done;
        await terminal.Error.WriteLineAsync(AuditWords.Broken(verdict) + " What was written above is not all.");
        return Exit.ToolError;
    }

    private void Report(IReadOnlyList<AuditCall> calls, string format)
    {
        if (format == "csv") DisclosureReport.WriteCsv(terminal.Out, calls);
        else DisclosureReport.WriteText(terminal.Out, calls);
    }

    private async Task<int> KeysAsync(AuditDesk desk)
    {
        foreach (var key in desk.SigningKeys())
        {
            await terminal.Out.WriteLineAsync($"{key.Id} since {key.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}");
            await terminal.Out.WriteLineAsync(PublicKeys.Pem(key));
        }

        return Exit.Done;
    }

    private async Task<int> RemoveAsync(AuditDesk desk, ParseResult parsed)
    {
        var years = parsed.GetValue(_years);
        if (years < LeastYears)
        {
            await terminal.Error.WriteLineAsync("--years must be 6 or more: documentation is kept for six years (45 CFR 164.316(b)(2)(i)).");
            return Exit.BadUsage;
        }

        var removed = desk.RemoveBefore(time.GetUtcNow().AddYears(-years));
        await terminal.Out.WriteLineAsync(removed.Count == 0 ? "No closed segment is that old." : $"Removed: segment {string.Join(", ", removed)}.");
        return Exit.Done;
    }

    private async Task<int> SayAsync(int segment, string what)
    {
        await terminal.Out.WriteLineAsync($"Segment {segment} {what}; segment {segment + 1} is begun.");
        return Exit.Done;
    }
}
