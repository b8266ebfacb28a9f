using System.Globalization;
using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>All that belongs to a log: the list of its segments, the keys that sign, the chain and the heads. Shared by who writes and who reads.</summary>
internal sealed class AuditFiles(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
{
    public IDataStore Store => store;

    public TimeProvider Time => time;

    public AuditChain Chain { get; } = new(keys);

    public AuditHead Head { get; } = new(keys);

    public AuditKeys Keys { get; } = new(store, keys, entropy, time);

    public AuditSegments Segments { get; } = new(store, keys, entropy);

    public byte[] HeaderOf(SegmentList list, AuditKey key) => AuditJson.Header(entropy.NewGuid(), time.GetUtcNow(), list, key);

    public static StorageException Broken(IDataStore store, string what) =>
        new($"{store.PlaceOf(AuditLog.FileName)} {what}: run `healthmcp audit verify`, then `healthmcp audit set-aside` to keep it as it is and begin a new one.");

    public StorageException Broken(string what) => Broken(store, what);

    public StorageException BrokenLine(long line, string problem) => Broken(string.Create(CultureInfo.InvariantCulture, $"is broken: line {line} {problem}"));

    /// <summary>The number of the segment that a header line begins, or null when it is no header.</summary>
    public static int? SegmentOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonElement.TryParseValue(ref reader, out var header)
                && header.Value.ValueKind == JsonValueKind.Object
                && header.Value.TryGetProperty("segment", out var number)
                && number.ValueKind == JsonValueKind.Number
                && number.TryGetInt32(out var segment)
                ? segment
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
