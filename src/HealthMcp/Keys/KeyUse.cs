using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Keys;

/// <summary>
/// On which day each key was last used, so that an operator can tell which are needed. A day is enough for that, and does not draw a picture of
/// somebody's work. It stands apart from the keys: serving never writes the file that says who may come in.
/// </summary>
internal sealed class KeyUse(IDataStore store, TimeProvider time)
{
    public const string FileName = "keys-used.json";

    private readonly IWhole _file = store.Whole(FileName);
    private readonly ConcurrentDictionary<string, string> _noted = new(StringComparer.Ordinal);

    /// <summary>Best effort: a call is not refused because the day could not be noted.</summary>
    public void Note(string id)
    {
        var today = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (_noted.TryGetValue(id, out var noted) && noted == today) return;
        _noted[id] = today;
        try
        {
            using var held = _file.Acquire();
            var file = held.Whole(FileName);
            var days = new Dictionary<string, string>(Days(file), StringComparer.Ordinal) { [id] = today };
            file.Replace(JsonSerializer.SerializeToUtf8Bytes(days, KeyJson.Default.DictionaryStringString));
        }
        catch (StorageException)
        {
            // The next day tries again.
        }
    }

    public IReadOnlyDictionary<string, string> Days() => Days(_file);

    private static IReadOnlyDictionary<string, string> Days(IContent file)
    {
        try
        {
            return file.Read() is { } bytes && JsonSerializer.Deserialize(bytes, KeyJson.Default.DictionaryStringString) is { } days ? days : [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }
    }
}
