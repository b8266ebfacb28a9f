namespace HealthMcp.Storage;

/// <summary>
/// What a program keeps its data in, and the key that seals it. Each part is opened by whoever asks for it first, so that starting does not wait for a disk.
/// </summary>
internal sealed class DataHome
{
    private readonly Lazy<DataDirectory> _local;
    private readonly Lazy<KeyFile> _keys;

    public DataHome(StorageSettings settings, Entropy entropy, TimeProvider time)
    {
        // What failed is tried again by the next who asks: the operator may have mended it.
        _local = new Lazy<DataDirectory>(() => DataDirectory.Open(settings.DataDirectory, time), LazyThreadSafetyMode.PublicationOnly);
        _keys = new Lazy<KeyFile>(() => KeyFile.OpenOrCreate(Local, entropy, time), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What every instance of this deployment shares.</summary>
    public IDataStore Store => Local;

    public KeyFile Keys => _keys.Value;

    /// <summary>This machine's own folder, for files that are handed out as files.</summary>
    public DataDirectory Local => _local.Value;
}
