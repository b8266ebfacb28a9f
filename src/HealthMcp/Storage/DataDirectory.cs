namespace HealthMcp.Storage;

/// <summary>The one folder of the user that everything persistent lives in. Its file names are constants of this program, never data.</summary>
internal sealed class DataDirectory : IDataStore
{
    private const string ProbeName = "lock.probe";

    private readonly TimeProvider _time;

    private DataDirectory(string path, TimeProvider time) => (Path, _time) = (path, time);

    public string Path { get; }

    /// <summary>The user's own data folder (XDG_DATA_HOME, or %LOCALAPPDATA%) with our name.</summary>
    public static string DefaultPath()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? System.IO.Path.Combine(home, "healthmcp")
            : throw new StorageException("This user has no home folder to store keys in: name a private folder for the data explicitly.");
    }

    /// <param name="path">The folder; it is made when missing.</param>
    /// <param name="time">By which the wait for a lock is measured; left out, the system's.</param>
    public static DataDirectory Open(string path, TimeProvider? time = null)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Create(full);
            PrivateMode.RequireFolder(full);
            RequireLocks(System.IO.Path.Combine(full, ProbeName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data folder {full} cannot be created or written: name a folder that belongs to this user.", e);
        }

        return new DataDirectory(full, time ?? TimeProvider.System);
    }

    /// <summary>A private folder for files that are handed out, not one to work in.</summary>
    public static DataDirectory Create(string path, TimeProvider time)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Create(full);
            return new DataDirectory(full, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The folder {full} cannot be created: name another one.", e);
        }
    }

    /// <summary>A folder that is only read, such as a copy for an auditor: nothing is made in it, and it need not be private.</summary>
    public static DataDirectory OpenToRead(string path, TimeProvider time)
    {
        var full = System.IO.Path.GetFullPath(path);
        return Directory.Exists(full)
            ? new DataDirectory(full, time)
            : throw new StorageException($"There is no folder {full}: name the one that holds the files.");
    }

    /// <summary>The path of one of our files.</summary>
    public string PathOf(string name)
    {
        var plain = name.Length is > 0 and <= 64 && name[0] != '.' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');
        return plain ? System.IO.Path.Combine(Path, name) : throw new ArgumentException("A stored file has a short lower-case name.", nameof(name));
    }

    public IHeldBytes Hold(string name) => LockedFile.Open(PathOf(name), _time, this);

    public IHeldBytes HoldToRead(string name) => LockedFile.OpenToRead(PathOf(name), _time);

    // Asking the file system is cheaper than remembering.
    public long? LengthOf(string name, TimeSpan oldest = default) => new FileInfo(PathOf(name)) is { Exists: true } file ? file.Length : null;

    public IWhole Whole(string name) => new WholeFile(this, name, _time);

    public IReadOnlyList<string> WholeNames(string begin, string end) =>
    [
        // A pattern of the file system means more than it says: "x.*" finds "x" too.
        .. Directory.EnumerateFiles(Path).Select(path => System.IO.Path.GetFileName(path)!)
            .Where(name => name.StartsWith(begin, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)),
    ];

    public string PlaceOf(string name) => PathOf(name);

    private static void Create(string full)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else
        {
            Directory.CreateDirectory(full, PrivateMode.Folder);
        }
    }

    /// <summary>
    /// Some network file systems, and DOTNET_SYSTEM_IO_DISABLEFILELOCKING, ignore locks without saying so. Two processes would then
    /// redeem one confirmation twice, so a folder where a second exclusive open succeeds is refused.
    /// </summary>
    private static void RequireLocks(string probe)
    {
        FileStream? second = null;
        try
        {
            using var first = LockedFile.OpenExclusive(probe, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            second = LockedFile.OpenExclusive(probe, FileMode.Open, FileAccess.ReadWrite);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            return;
        }
        finally
        {
            second?.Dispose();
        }

        throw new StorageException($"The file system of {System.IO.Path.GetDirectoryName(probe)} does not honour file locks: name a folder on a local disk.");
    }
}
