namespace HealthMcp.Storage;

/// <summary>Where a deployment keeps what must outlast a process. Not a record: what it holds must not come out of a ToString.</summary>
/// <param name="dataDirectory">The private folder; with a database it holds only what one instance needs for itself.</param>
internal sealed class StorageSettings(string dataDirectory)
{
    public string DataDirectory { get; } = dataDirectory;
}
