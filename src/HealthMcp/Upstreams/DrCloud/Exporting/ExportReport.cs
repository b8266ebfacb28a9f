using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>What is said of an export. Addresses stay here.</summary>
internal static class ExportReport
{
    public static ReadOnlyMemory<byte> Write(ExportJob job, DateTimeOffset now, string? ended = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("export", job.Id);
            json.WriteString("of", job.Of);
            json.WriteString("state", ended ?? State(job));
            if (job.Percent is { } percent) json.WriteNumber("percent", percent);
            if (job.NotBefore > now) json.WriteNumber("askAgainInSeconds", (int)Math.Ceiling((job.NotBefore.Value - now).TotalSeconds));
            if (job.TransactionTime is { } read) json.WriteString("dataAsOf", read);
            if (job.LinksExpire is { } links) json.WriteString("readyUntil", Instant(links));
            if (job.Parts is { } parts) Types(json, parts);
            if (job.Copy.Level is not null && ended is null) Copy(json, job);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static string State(ExportJob job) => job switch
    {
        { Parts: null } => "running",
        { Copy.Level: null } => "ready",
        { IsSaved: true } => "saved",
        _ => "saving",
    };

    private static void Types(Utf8JsonWriter json, IReadOnlyList<ExportPart> parts)
    {
        json.WriteStartArray("types");
        foreach (var type in parts.GroupBy(part => part.Type, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("type", type.Key);
            json.WriteNumber("files", type.Count());
            if (type.All(part => (part.Rows ?? part.Count) is not null)) json.WriteNumber("count", type.Sum(part => (part.Rows ?? part.Count)!.Value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Copy(Utf8JsonWriter json, ExportJob job)
    {
        json.WriteStartObject("copy");
        json.WriteString("file", job.File);
        json.WriteString("level", job.Copy.Level);
        json.WriteNumber("records", job.Copy.Rows - job.Copy.LeftOut);
        if (job.Copy.LeftOut > 0) json.WriteNumber("leftOut", job.Copy.LeftOut);
        json.WriteNumber("bytes", job.Copy.Bytes);
        json.WriteString("keptUntil", Instant(job.Expires));
        json.WriteEndObject();
    }

    private static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
