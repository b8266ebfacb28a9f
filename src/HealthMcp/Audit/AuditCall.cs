using System.Text.Json;

namespace HealthMcp.Audit;

/// <summary>One call as the log tells of it: its last line, or of a write whose end was never recorded the first.</summary>
internal sealed record AuditCall
{
    // An approval page that was opened showed the record to whoever opened it.
    private static readonly string[] Told = ["ok", "preview", "approval_needed", "approval_opened", "in_doubt", "sending"];

    private static readonly string[] Good =
        ["ok", "preview", "approval_needed", "approval_opened", "approved", "declined", "resolved_written", "resolved_not_written"];

    public required DateTimeOffset Time { get; init; }

    public required string CallId { get; init; }

    /// <summary>The end was recorded too. A write without it is in doubt.</summary>
    public required bool Ended { get; init; }

    public required string Caller { get; init; }

    public required string Client { get; init; }

    public required string Transport { get; init; }

    public required string Tool { get; init; }

    public required string System { get; init; }

    public required string Source { get; init; }

    public required string Level { get; init; }

    public required string Purpose { get; init; }

    public required IReadOnlyList<string> Subjects { get; init; }

    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>How many values of each kind of data were shown.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Shown { get; init; }

    public required string Outcome { get; init; }

    /// <summary>It ended as it should, whatever was decided.</summary>
    public bool WentWell => Good.Contains(Outcome, StringComparer.Ordinal);

    /// <summary>Something of the persons in <see cref="Subjects"/> was, or may have been, told or written.</summary>
    public bool Discloses => Subjects.Count > 0 && Told.Contains(Outcome, StringComparer.Ordinal);

    /// <summary>Null for a line that tells of no call.</summary>
    public static AuditCall? Of(JsonElement line)
    {
        if (!line.TryGetProperty("call", out var call)) return null;
        return new AuditCall
        {
            Time = line.GetProperty("time").GetDateTimeOffset(),
            CallId = call.GetString()!,
            Ended = Text(line, "phase") == "end",
            Caller = Text(line, "caller"),
            Client = $"{Text(line, "client")} {Text(line, "client_version")}".Trim(),
            Transport = Text(line, "transport"),
            Tool = Text(line, "tool"),
            System = Text(line, "system"),
            Source = Text(line, "source"),
            Level = Text(line, "level"),
            Purpose = Text(line, "purpose"),
            Subjects = Texts(line, "subjects"),
            Endpoints = Texts(line, "endpoints"),
            Shown = [.. line.GetProperty("shown").EnumerateObject().Select(kind => KeyValuePair.Create(kind.Name, kind.Value.GetInt64()))],
            Outcome = Text(line, "outcome"),
        };
    }

    private static string Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static IReadOnlyList<string> Texts(JsonElement line, string name) => [.. line.GetProperty(name).EnumerateArray().Select(one => one.GetString()!)];
}
