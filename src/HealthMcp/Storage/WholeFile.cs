namespace HealthMcp.Storage;

/// <summary>
/// A small private file that is only ever seen whole: what is new is written beside it, brought to the disk and renamed over the old. Readers
/// need no lock; whoever changes what was read takes <see cref="Acquire"/> first.
/// </summary>
internal sealed class WholeFile(DataDirectory directory, string name, TimeProvider time) : IWhole
{
    private const int Most = 1024 * 1024;

    private readonly string _path = directory.PathOf(name);
    private readonly string _draft = directory.PathOf(name + ".draft");
    private readonly string _lock = directory.PathOf(name + ".lock");

    public bool Exists => File.Exists(_path);

    public IHeld Acquire() => LockedFile.Open(_lock, time, directory);

    /// <exception cref="StorageException">The file cannot be read, is too large, or others may open it.</exception>
    public byte[]? Read()
    {
        try
        {
            using var handle = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            PrivateMode.RequireFile(handle, _path);
            var length = RandomAccess.GetLength(handle);
            if (length > Most) throw new StorageException($"The file {_path} is larger than this program ever writes it: restore it from a backup.");
            var content = new byte[length];
            return RandomAccess.Read(handle, content, 0) == length
                ? content
                : throw new StorageException($"The file {_path} changed while it was read: try again.");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The file {_path} cannot be read: check that it is a file and belongs to this user.", e);
        }
    }

    /// <summary>Whoever may begin it holds a lock that ends only with its process.</summary>
    public bool TryBegin(ReadOnlySpan<byte> content)
    {
        if (Exists) return false;
        Replace(content);
        return true;
    }

    public void Replace(ReadOnlySpan<byte> content)
    {
        if (content.Length > Most) throw new StorageException($"The file {_path} would be larger than this program ever reads it: send less at once.");
        try
        {
            // A draft that an earlier process left behind is written over, never removed: it may be locked by one that is writing it.
            using (var draft = LockedFile.Open(_draft, time))
            {
                draft.Truncate(0);
                draft.Append(content);
            }

            File.Move(_draft, _path, overwrite: true);

            // Not every file system puts down a new name by itself.
            using var moved = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(moved);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The file {_path} cannot be written: free space on its disk, and check that it belongs to this user.", e);
        }
    }

    /// <summary>Also what may be left of a draft of it.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(_draft);
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The file {_path} cannot be removed: remove it by hand.", e);
        }
    }
}
