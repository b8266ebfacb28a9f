using Microsoft.Win32.SafeHandles;

namespace HealthMcp.Storage;

/// <summary>
/// Unix permissions of what we store: the owner's only. On Windows the user's profile folder carries the access list, so nothing is checked.
/// </summary>
internal static class PrivateMode
{
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static void RequireFolder(string path)
    {
        if (!OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            throw new StorageException($"The folder {path} can be opened by other users of this machine: run `chmod 700 {path}` and start again.");
        }
    }

    /// <summary>Asks the open handle, not the path, so that the file cannot be exchanged between the check and the use.</summary>
    public static void RequireFile(SafeFileHandle handle, string path)
    {
        if (!OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(handle) & Others) != UnixFileMode.None)
        {
            throw new StorageException($"The file {path} can be opened by other users of this machine: run `chmod 600 {path}` and start again.");
        }
    }
}
