using System.Security.Cryptography;
using System.Text;

namespace HealthMcp.Storage;

/// <summary>
/// The 32-byte master key that nothing else is encrypted with directly: each use takes its own subkey (HKDF with SHA-256, RFC 5869).
/// </summary>
internal sealed class KeyFile
{
    public const string Name = "master.key";

    /// <summary>The setting that holds the key itself, in base64url, where a platform keeps secrets; it goes before the file.</summary>
    public const string Setting = "HEALTHMCP_MASTER_KEY";

    public const int Size = 32;

    private readonly byte[] _master;

    private KeyFile(byte[] master) => _master = master;

    /// <summary>A key that a secret store provides, for instances that share one database.</summary>
    public static KeyFile FromSecret(ReadOnlySpan<byte> secret) =>
        secret.Length == Size
            ? new KeyFile(secret.ToArray())
            : throw new StorageException("The master key must be exactly 32 bytes: make one with `healthmcp db key`.");

    public static KeyFile OpenOrCreate(DataDirectory directory, Entropy entropy, TimeProvider time)
    {
        var path = directory.PathOf(Name);
        return Guarded(path, () =>
        {
            // Anything in its place, even a folder, is left alone: a key that cannot be read must never be replaced by a new one.
            if (!Path.Exists(path))
            {
                Create(directory, path, entropy, time);
            }

            return new KeyFile(ReadPrivate(path));
        });
    }

    /// <summary>Null when there is none.</summary>
    public static KeyFile? OpenExisting(DataDirectory directory)
    {
        var path = directory.PathOf(Name);
        return Path.Exists(path) ? Guarded(path, () => new KeyFile(ReadPrivate(path))) : null;
    }

    /// <summary>A subkey for one purpose, such as <c>vault/seal</c>. Two purposes never share a key.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, Size, salt: [], info: Encoding.UTF8.GetBytes("healthmcp/v1/" + purpose));

    private static KeyFile Guarded(string path, Func<KeyFile> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The key file {path} cannot be read or made: check that it is a file and belongs to this user.", e);
        }
    }

    /// <summary>
    /// A lock file decides which of several processes makes the key, and the rename shows it to the others only when whole, so that readers need no lock.
    /// Overwriting is what makes it a plain rename; without, .NET may copy.
    /// </summary>
    private static void Create(DataDirectory directory, string path, Entropy entropy, TimeProvider time)
    {
        using var gate = LockedFile.Open(directory.PathOf(Name + ".lock"), time);
        if (Path.Exists(path))
        {
            return;
        }

        var draft = directory.PathOf(Name + ".draft");
        File.Delete(draft);
        using (var file = LockedFile.Open(draft, time))
        {
            var key = new byte[Size];
            entropy.Fill(key);
            file.Append(key);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static byte[] ReadPrivate(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        PrivateMode.RequireFile(handle, path);
        var key = new byte[Size + 1];
        return RandomAccess.Read(handle, key, 0) == Size
            ? key[..Size]
            : throw new StorageException($"The key file {path} is damaged: restore it from a backup, or move the whole data folder away to start afresh.");
    }
}
