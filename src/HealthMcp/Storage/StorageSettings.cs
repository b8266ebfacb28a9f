using System.Buffers.Text;
using HealthMcp.Storage.Postgres;

namespace HealthMcp.Storage;

/// <summary>Where a deployment keeps what must outlast a process. Not a record: what it holds must not come out of a ToString.</summary>
/// <param name="dataDirectory">The private folder; with a database it holds only what one instance needs for itself.</param>
/// <param name="database">Connection string of the PostgreSQL database that several instances share; null for the folder.</param>
/// <param name="masterKey">The 32 bytes that a secret store provides; null for the key file.</param>
internal sealed class StorageSettings(string dataDirectory, string? database = null, byte[]? masterKey = null)
{
    public string DataDirectory { get; } = dataDirectory;

    public string? Database { get; } = database;

    public byte[]? MasterKey { get; } = masterKey;

    /// <summary>Each problem is one sentence that names the setting and nothing of its value.</summary>
    public static StorageSettings Read(Func<string, string?> get, List<string> problems) => new(
        get("HEALTHMCP_DATA_DIR") ?? Storage.DataDirectory.DefaultPath(),
        get(DatabaseAddress.Setting) is { } address ? DatabaseAddress.Read(address, problems) : null,
        get(KeyFile.Setting) is { } text ? Key(text, problems) : null);

    private static byte[]? Key(string text, List<string> problems)
    {
        var key = new byte[KeyFile.Size + 1];
        try
        {
            // One key has one spelling: decoders forgive padding and stray low bits.
            if (Base64Url.TryDecodeFromChars(text, key, out var size) && size == KeyFile.Size && Base64Url.EncodeToString(key.AsSpan(0, size)) == text)
            {
                return key[..size];
            }
        }
        catch (FormatException)
        {
            // As wrong as one of another length.
        }

        problems.Add($"{KeyFile.Setting} must be 32 bytes in base64url, which is 43 characters: make one with `healthmcp db key`.");
        return null;
    }
}
