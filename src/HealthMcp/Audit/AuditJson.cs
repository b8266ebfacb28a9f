using System.Buffers;
using System.Text.Json;

namespace HealthMcp.Audit;

/// <summary>An entry as a JSON object, members in a fixed order, texts through <see cref="SafeText"/>. The chain adds its own members around them.</summary>
internal static class AuditJson
{
    public const int Version = 3;

    /// <summary>The first line of a segment: which it is, when it began, after which last line of the one before, and the key that signs its heads.</summary>
    /// <remarks><c>set_aside</c> says how many segments right before it were found broken and prove nothing.</remarks>
    public static byte[] Header(Guid log, DateTimeOffset time, SegmentList list, AuditKey key) => Line(json =>
    {
        json.WriteNumber("healthmcp_audit", Version);
        json.WriteString("log", log);
        json.WriteString("time", time);
        json.WriteNumber("segment", list.Active);
        json.WriteString("after", list.After);
        if (list.SetAside > 0) json.WriteNumber("set_aside", list.SetAside);
        json.WriteString("key", key.Id);
        json.WriteBase64String("public", key.Public);
    });

    /// <summary>What happened to the log itself: <c>torn</c>, <c>closed</c>, <c>removed</c>.</summary>
    public static byte[] Event(DateTimeOffset time, string what, Action<Utf8JsonWriter>? members = null) => Line(json =>
    {
        json.WriteString("time", time);
        json.WriteString("event", what);
        members?.Invoke(json);
    });

    public static byte[] Entry(AuditEntry entry) => Line(json =>
    {
        json.WriteString("time", entry.Time);
        json.WriteString("call", SafeText.Token(entry.CallId));
        json.WriteString("phase", entry.Phase == AuditPhase.Begin ? "begin" : "end");
        json.WriteString("caller", SafeText.Token(entry.Caller));
        WriteOptional(json, "client", entry.ClientName, SafeText.Client);
        WriteOptional(json, "client_version", entry.ClientVersion, SafeText.Client);
        json.WriteString("transport", SafeText.Code(entry.Transport));
        json.WriteString("tool", SafeText.Code(entry.Tool));
        WriteOptional(json, "about", entry.About, SafeText.Token);
        WriteOptional(json, "toolset", entry.Toolset, SafeText.Code);
        json.WriteString("system", entry.System.Length == 0 ? "none" : SafeText.Code(entry.System));
        json.WriteString("source", entry.Source switch { AuditSource.Live => "live", AuditSource.Sandbox => "sandbox", _ => "none" });
        WriteList(json, "scopes", entry.Scopes.Select(SafeText.Token));
        json.WriteString("level", SafeText.Code(entry.Level));
        WriteOptional(json, "purpose", entry.Purpose, SafeText.Code);
        WriteList(json, "subjects", entry.Subjects.Select(s => s.Text));
        WriteList(json, "endpoints", entry.Endpoints.Select(SafeText.Endpoint));
        if (entry.Disclosed.Count > 0) WriteList(json, "disclosed_to", entry.Disclosed.Select(SafeText.Code));
        WriteCounts(json, "shown", entry.Shown);
        WriteCounts(json, "withheld", entry.Withheld);
        json.WriteString("outcome", SafeText.Code(entry.Outcome));
        WriteStatuses(json, entry.HttpStatuses);
        json.WriteNumber("ms", (long)entry.Duration.TotalMilliseconds);
        json.WriteNumber("bytes", entry.BytesOut);
    });

    private static byte[] Line(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value, Func<string?, string> safe)
    {
        if (value is not null)
        {
            json.WriteString(name, safe(value));
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, int> counts)
    {
        // Kinds that are replaced would repeat one member name, so they are added up.
        json.WriteStartObject(name);
        foreach (var kind in counts.GroupBy(c => SafeText.Code(c.Key), c => (long)c.Value).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(kind.Key, kind.Sum());
        }

        json.WriteEndObject();
    }

    private static void WriteStatuses(Utf8JsonWriter json, IReadOnlyList<int> statuses)
    {
        json.WriteStartArray("http");
        foreach (var status in statuses)
        {
            json.WriteNumberValue(status);
        }

        json.WriteEndArray();
    }
}
