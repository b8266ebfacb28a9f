namespace HealthMcp.Storage;

/// <summary>The one folder of the user that everything persistent lives in. Its file names are constants of this program, never data.</summary>
internal sealed class DataDirectory
{
    private const string ProbeName = "lock.probe";

    private DataDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>The user's own data folder (XDG_DATA_HOME, or %LOCALAPPDATA%) with our name.</summary>
    public static string DefaultPath()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? System.IO.Path.Combine(home, "healthmcp")
            : throw new StorageException("This user has no home folder to store keys in: name a private folder for the data explicitly.");
    }

    public static DataDirectory Open(string path)
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

        return new DataDirectory(full);
    }

    /// <summary>The path of one of our files.</summary>
    public string PathOf(string name)
    {
        var plain = name.Length is > 0 and <= 64 && name[0] != '.' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');
        return plain ? System.IO.Path.Combine(Path, name) : throw new ArgumentException("A stored file has a short lower-case name.", nameof(name));
    }

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
