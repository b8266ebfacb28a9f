using HealthMcp.Storage.Postgres;

namespace HealthMcp.Storage;

/// <summary>
/// What a program keeps its data in, and the key that seals it. Each part is opened by whoever asks for it first, so that starting does not wait for a disk.
/// </summary>
internal sealed class DataHome : IDisposable
{
    private readonly Lazy<DataDirectory> _local;
    private readonly Lazy<KeyFile> _keys;
    private readonly Lazy<PostgresStore>? _database;

    public DataHome(StorageSettings settings, Entropy entropy, TimeProvider time)
    {
        // What failed is tried again by the next who asks: the operator may have mended it.
        _local = new Lazy<DataDirectory>(() => DataDirectory.Open(settings.DataDirectory, time), LazyThreadSafetyMode.PublicationOnly);
        _keys = new Lazy<KeyFile>(() => Key(settings, entropy, time), LazyThreadSafetyMode.PublicationOnly);
        if (settings.Database is { } address) _database = new Lazy<PostgresStore>(() => Open(address, time), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What every instance of this deployment shares.</summary>
    /// <exception cref="StorageException">It cannot be used now.</exception>
    public IDataStore Store => _database is null ? Local : _database.Value;

    public KeyFile Keys => _keys.Value;

    /// <summary>This machine's own folder, for files that are handed out as files.</summary>
    public DataDirectory Local => _local.Value;

    public void Dispose()
    {
        if (_database is { IsValueCreated: true } opened) opened.Value.Dispose();
    }

    private PostgresStore Open(string address, TimeProvider time)
    {
        var store = PostgresStore.Open(address, time);
        try
        {
            store.Require(Keys);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    // A key made here would be this machine's alone, and what it seals in the shared database nobody else could open.
    private KeyFile Key(StorageSettings settings, Entropy entropy, TimeProvider time) => settings switch
    {
        { MasterKey: { } secret } => KeyFile.FromSecret(secret),
        { Database: not null } => KeyFile.OpenExisting(Local) ?? throw new StorageException(
            $"The instances that share a database need the same key: make one with `healthmcp db key` and give it to each as {KeyFile.Setting}."),
        _ => KeyFile.OpenOrCreate(Local, entropy, time),
    };
}
