using System.Text.Json;
using HealthMcp.Audit;

namespace HealthMcp.Cli;

/// <summary>What the audit command says.</summary>
internal static class AuditWords
{
    public static string Intact(AuditVerdict verdict) =>
        $"The audit log is intact: {verdict.SoundLines} lines, segment {verdict.Segment}.{(verdict.Notes.Length > 0 ? " " + verdict.Notes : "")}";

    public static string Broken(AuditVerdict verdict) =>
        $"The audit log is NOT intact: segment {verdict.Segment}{(verdict.BadLine is { } line ? $", line {line}" : "")}: {verdict.Problem} "
            + $"{verdict.SoundLines} lines before that are sound.";
}

/// <summary>FHIR resources, one a line (application/fhir+ndjson).</summary>
internal static class FhirLines
{
    public static void Write(TextWriter output, IEnumerable<AuditCall> calls)
    {
        foreach (var call in calls)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer)) AuditEvents.Write(json, call);
            output.Write(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n");
        }
    }
}
