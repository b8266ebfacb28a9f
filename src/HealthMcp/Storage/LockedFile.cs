namespace HealthMcp.Storage;

/// <summary>
/// Exclusive use of one file among all processes, for as long as the object lives. The lock is the file's own (flock on Unix, sharing mode on
/// Windows), so the system gives it back when a process dies. Hold it briefly: others wait, and give up after <see cref="Patience"/>.
/// </summary>
internal sealed class LockedFile : IHeldBytes
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly FileStream _stream;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly DataDirectory? _folder;
    private readonly List<LockedFile> _beside = [];

    private LockedFile(FileStream stream, string path, TimeProvider time, DataDirectory? folder) =>
        (_stream, _path, _time, _folder) = (stream, path, time, folder);

    public long Length => RandomAccess.GetLength(_stream.SafeFileHandle);

    /// <summary>Opens the file to write, creates it private when missing, and refuses one that others may open.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="time">By which the wait for the lock is measured.</param>
    /// <param name="folder">Whose other contents may be changed under this lock; left out, none.</param>
    public static LockedFile Open(string path, TimeProvider time, DataDirectory? folder = null)
    {
        var stream = Acquire(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, time);
        try
        {
            PrivateMode.RequireFile(stream.SafeFileHandle, path);
            return new LockedFile(stream, path, time, folder);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens an existing file to read, whatever its mode: a copy handed to an auditor need not be private.</summary>
    public static LockedFile OpenToRead(string path, TimeProvider time) => new(Acquire(path, FileMode.Open, FileAccess.Read, time), path, time, null);

    public byte[] Read(long offset, int atMost = int.MaxValue)
    {
        var buffer = new byte[Math.Clamp(Length - offset, 0, Math.Min(atMost, Array.MaxLength))];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = RandomAccess.Read(_stream.SafeFileHandle, buffer.AsSpan(filled), offset + filled);
            if (read == 0)
            {
                return buffer[..filled];
            }

            filled += read;
        }

        return buffer;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var end = Length;
        try
        {
            RandomAccess.Write(_stream.SafeFileHandle, bytes, end);
            RandomAccess.FlushToDisk(_stream.SafeFileHandle);
        }
        catch (IOException e)
        {
            TryTruncate(end);
            throw CannotWrite(e);
        }
    }

    public void Overwrite(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_stream.SafeFileHandle, bytes, offset);
        }
        catch (IOException e)
        {
            throw CannotWrite(e);
        }
    }

    public void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_stream.SafeFileHandle);
        }
        catch (IOException e)
        {
            throw CannotWrite(e);
        }
    }

    public void Truncate(long length) => RandomAccess.SetLength(_stream.SafeFileHandle, length);

    public IHeldBytes Beside(string suffix)
    {
        var beside = _stream.CanWrite ? Open(_path + suffix, _time) : OpenToRead(_path + suffix, _time);
        _beside.Add(beside);
        return beside;
    }

    // A lock of a file ends with its process, so whoever runs still has it.
    public IContent Whole(string name) => _folder?.Whole(name) ?? throw new InvalidOperationException("Nothing is changed under this lock.");

    public void Dispose()
    {
        foreach (var beside in _beside) beside.Dispose();
        _stream.Dispose();
    }

    internal static FileStream OpenExclusive(string path, FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = PrivateMode.File;
        }

        return new FileStream(path, options);
    }

    private static FileStream Acquire(string path, FileMode mode, FileAccess access, TimeProvider time)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return OpenExclusive(path, mode, access);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException))
            {
                // A held lock has no exception type of its own; what is plainly something else (no folder, no file) has.
                if (time.GetElapsedTime(started) >= Patience)
                {
                    throw new StorageException($"The file {path} stayed locked: end the program that holds it, or free space on its disk, and try again.", e);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StorageException($"The file {path} cannot be opened: check that it exists, is a file and belongs to this user.", e);
            }

            Task.Delay(Pause, time).GetAwaiter().GetResult();
        }
    }

    private void TryTruncate(long length)
    {
        try
        {
            Truncate(length);
        }
        catch (IOException)
        {
            // The readers of each format recognise a torn end, so failing here costs nothing more than this write.
        }
    }

    private StorageException CannotWrite(Exception e) => new($"The file {_path} cannot be written: free space on its disk and try again.", e);
}
