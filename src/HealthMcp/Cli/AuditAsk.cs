using System.CommandLine;
using System.Globalization;
using HealthMcp.Audit;
using HealthMcp.Pipeline;

namespace HealthMcp.Cli;

/// <summary>The options that choose calls of the log.</summary>
internal sealed class AuditAsk
{
    private readonly Option<string[]> _patient = new("--patient")
    {
        Description = "A person's handle (subj_… or pt_…), or system:record-id once handles were forgotten; may be repeated, as a person has an id in each system.",
    };

    private readonly Option<string?> _caller = new("--caller") { Description = "Who called, as the log names them." };
    private readonly Option<string?> _from = new("--from") { Description = "First day (2026-11-21) or moment (2026-11-21T08:00:00Z), UTC." };
    private readonly Option<string?> _to = new("--to") { Description = "Last day, included, or the moment before which." };
    private readonly Option<bool> _all = new("--all") { Description = "Also calls that were refused or failed, and calls about nobody." };

    public void AddTo(Command command)
    {
        command.Add(_patient);
        command.Add(_caller);
        command.Add(_from);
        command.Add(_to);
        command.Add(_all);
    }

    /// <summary>What is asked. A problem is one sentence and never repeats a value.</summary>
    public AuditQuestion Read(ParseResult parsed, AuditDesk desk, List<string> problems)
    {
        var persons = parsed.GetValue(_patient) ?? [];
        var marks = persons.Select(desk.MarkOf).OfType<SubjectMark>().ToList();
        if (marks.Count < persons.Length) problems.Add("--patient is not a handle known here: give another, or system:record-id with a system of this server.");
        return new AuditQuestion(
            persons.Length == 0 ? null : marks,
            parsed.GetValue(_caller),
            Moment(parsed.GetValue(_from), "--from", 0, problems),
            Moment(parsed.GetValue(_to), "--to", 1, problems),
            parsed.GetValue(_all));
    }

    private static DateTimeOffset? Moment(string? text, string option, int days, List<string> problems)
    {
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero);
        const string format = "yyyy-MM-dd'T'HH:mm:ssK";
        if (DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment;
        problems.Add($"{option} must be a day such as 2026-11-21 or a moment such as 2026-11-21T08:00:00Z.");
        return null;
    }
}
