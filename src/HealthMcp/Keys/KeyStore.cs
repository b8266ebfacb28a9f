using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Keys;

/// <summary>
/// The keys of a data store. The content is read again for each question and parsed only when its bytes have changed, so that a key is dead in
/// every process as soon as one has revoked it; sizes and times of files are too coarse to rely on.
/// </summary>
internal sealed class KeyStore(IDataStore store, TimeProvider time)
{
    public const string FileName = "keys.json";
    private const int Most = 200;

    // What is over is kept for a while, so that an audit line that names it can be understood.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(366);

    private readonly IWhole _file = store.Whole(FileName);
    private volatile Read _last = new([], []);

    public IReadOnlyList<RegistrationKey> All => Load(_file).Keys;

    /// <summary>True when some key could open this server now.</summary>
    public bool AnyActive() => CountActive() > 0;

    public int CountActive() => All.Count(key => key.IsActive(time.GetUtcNow()));

    public bool IsActive(string id) => All.Any(key => key.Id == id && key.IsActive(time.GetUtcNow()));

    /// <summary>The active key that <paramref name="presented"/> is. Every stored hash is compared, so that time does not tell which was near.</summary>
    public RegistrationKey? Find(string presented)
    {
        var hash = KeyText.Hash(presented);
        RegistrationKey? found = null;
        foreach (var key in All)
        {
            if (KeyText.Same(key.Hash, hash)) found = key;
        }

        return found?.IsActive(time.GetUtcNow()) is true ? found : null;
    }

    /// <exception cref="StorageException">There are too many keys, or the file cannot be written.</exception>
    public void Add(RegistrationKey key) => Change(keys => keys.Count < Most
        ? [.. keys, key]
        : throw new StorageException($"There are {Most} keys already: revoke those that are not needed; what was revoked is forgotten after a year."));

    /// <returns>False when no active or expired key has this id.</returns>
    public bool Revoke(string id)
    {
        var found = false;
        Change(keys => [.. keys.Select(key =>
        {
            if (key.Id != id || key.Revoked is not null) return key;
            found = true;
            return key with { Hash = "", Revoked = time.GetUtcNow() };
        })]);
        return found;
    }

    private void Change(Func<IReadOnlyList<RegistrationKey>, IReadOnlyList<RegistrationKey>> change)
    {
        using (var held = _file.Acquire())
        {
            var (file, now) = (held.Whole(FileName), time.GetUtcNow());
            var kept = Load(file).Keys.Where(key => (key.Revoked ?? key.Expires) + Remembered > now).ToList();
            file.Replace(JsonSerializer.SerializeToUtf8Bytes(new KeyList(1, change(kept)), KeyJson.Default.KeyList));
        }
    }

    private Read Load(IContent file)
    {
        var bytes = file.Read() ?? [];
        var last = _last;
        if (bytes.AsSpan().SequenceEqual(last.Bytes)) return last;
        return _last = new Read(bytes, bytes.Length == 0 ? [] : Parse(bytes));
    }

    private static IReadOnlyList<RegistrationKey> Parse(byte[] bytes)
    {
        try
        {
            var list = JsonSerializer.Deserialize(bytes, KeyJson.Default.KeyList);
            return list is { Version: 1 } ? list.Keys : throw new StorageException($"{FileName} was written by another version of this program.");
        }
        catch (JsonException e)
        {
            throw new StorageException($"{FileName} is damaged: restore it from a backup, or remove it and create the keys anew.", e);
        }
    }

    private sealed record Read(byte[] Bytes, IReadOnlyList<RegistrationKey> Keys);
}
