using System.Globalization;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Cli;

/// <summary>What a sign-in to the EHR opens, for an operator: types and times, never whose chart it is.</summary>
internal static class GrantLines
{
    /// <summary>How long the vendor says that a refresh token lives after it was last exchanged.</summary>
    private const int RefreshMonths = 3;

    public static IEnumerable<string> Of(DrCloudSession session, DateTimeOffset now)
    {
        if (session.Ended is { } ended)
        {
            yield return $"  It ended on {Day(ended)}: sign in again with `healthmcp login drcloud`.";
            yield break;
        }

        foreach (var line in Of(session.Scopes, session.Patient is not null)) yield return line;
        yield return session.RefreshToken is null
            ? $"  Lasts {(session.AccessExpires is { } end ? $"{Math.Max(0, (int)(end - now).TotalMinutes)} minutes" : "until the EHR ends it")}; "
                + "without offline_access it cannot be renewed."
            : $"  Renewed by itself; without any use it runs out on about {Day(session.Renewed.AddMonths(RefreshMonths))}.";
        if (session.Renewing is not null) yield return "  A renewal was interrupted: if the next call is refused, sign in again.";
    }

    public static IEnumerable<string> Of(TokenSource tokens) => tokens.Granted is { } granted ? Of(granted, tokens.Patient is not null) : [];

    private static IEnumerable<string> Of(IReadOnlyList<string> granted, bool hasPatient)
    {
        var report = GrantReport.Of(granted, hasPatient);
        yield return $"  Readable ({report.Readable.Count} of {report.Readable.Count + report.Missing.Count}): "
            + $"{string.Join(", ", report.Readable.Select(r => r.Type).DefaultIfEmpty("nothing"))}";
        if (report.Missing.Count > 0) yield return $"  Missing: {string.Join(", ", report.Missing.Select(m => $"{m.Type} ({string.Join("/", m.Roles)})"))}";
        if (new[] { 'c', 'u' }.Any(letter => SignInScopes.MayWrite("Practitioner", letter, granted))) yield return "  Writable: Practitioner";
        if (report.OnePatientOnly) yield return "  In the chart of one patient only.";
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
