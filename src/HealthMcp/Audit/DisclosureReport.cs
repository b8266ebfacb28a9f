using System.Globalization;

namespace HealthMcp.Audit;

/// <summary>
/// Calls as an accounting of disclosures (45 CFR 164.528(b)(2)): when, to whom, what, and for which purpose. It holds no PHI: persons are the marks of the
/// log, and what was told is counted by kind.
/// </summary>
internal static class DisclosureReport
{
    private static readonly string[] Columns =
        ["time", "caller", "client", "transport", "tool", "system", "source", "level", "purpose", "shown", "outcome", "persons", "call"];

    /// <summary>CSV (RFC 4180), one line a call, lines ended by CR LF. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static void WriteCsv(TextWriter output, IEnumerable<AuditCall> calls)
    {
        Line(output, Columns);
        foreach (var call in calls)
        {
            Line(
                output,
                [
                    Time(call), call.Caller, call.Client, call.Transport, call.Tool, call.System, call.Source,
                    call.Level, call.Purpose, Shown(call), Outcome(call),
                    call.Subjects.Count.ToString(CultureInfo.InvariantCulture), call.CallId,
                ]);
        }
    }

    /// <summary>For people: a paragraph a call.</summary>
    public static void WriteText(TextWriter output, IReadOnlyList<AuditCall> calls)
    {
        output.WriteLine(calls.Count == 1 ? "1 call." : $"{calls.Count} calls.");
        foreach (var call in calls)
        {
            output.WriteLine();
            output.WriteLine($"{Time(call)}  {call.Tool} ({call.System}, {call.Source}): {Outcome(call)}");
            output.WriteLine($"  to       {call.Caller}{(call.Client.Length > 0 ? $" with {call.Client}" : "")}, over {call.Transport}");
            output.WriteLine($"  level    {call.Level}{(call.Purpose.Length > 0 ? $", for {call.Purpose}" : "")}");
            output.WriteLine($"  shown    {(call.Shown.Count > 0 ? Shown(call) : "nothing that is counted")}");
            output.WriteLine($"  persons  {call.Subjects.Count}");
        }
    }

    private static string Time(AuditCall call) => call.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Shown(AuditCall call) => string.Join("; ", call.Shown.Select(kind => $"{kind.Key} {kind.Value}"));

    private static string Outcome(AuditCall call) => call.Ended ? call.Outcome : "in_doubt (its end was not recorded)";

    private static void Line(TextWriter output, IEnumerable<string> cells) => output.Write(string.Join(',', cells.Select(Cell)) + "\r\n");

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
