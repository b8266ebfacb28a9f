namespace HealthMcp.Storage;

/// <summary>A file of ours cannot be used. The message is one sentence for the operator and says what to do; it never quotes stored data.</summary>
internal sealed class StorageException : Exception
{
    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
