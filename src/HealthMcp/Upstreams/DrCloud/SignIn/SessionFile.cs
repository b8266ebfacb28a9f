using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Upstreams.DrCloud.SignIn;

/// <summary>The sign-in as it is kept: one sealed content, replaced as a whole.</summary>
internal sealed class SessionFile(IDataStore store, KeyFile keys, Entropy entropy)
{
    public const string Name = "drcloud-session";
    private const int Tries = 3;

    private readonly IWhole _file = store.Whole(Name);
    private readonly SealedBox _box = new(keys.Derive("drcloud/session"), entropy);

    private static ReadOnlySpan<byte> Place => "drcloud-session/v1"u8;

    /// <summary>Null when nobody has signed in: then no key is made.</summary>
    public static SessionFile? OpenExisting(DataHome data, Entropy entropy) => data.Store.Whole(Name).Exists ? Open(data, entropy) : null;

    public static SessionFile Open(DataHome data, Entropy entropy) => new(data.Store, data.Keys, entropy);

    /// <summary>
    /// Keeps other processes from renewing. One of them may hold it for as long as the server takes to answer, which is longer than a lock is
    /// usually waited for; and waiting must not take a thread from the calls under way.
    /// </summary>
    public async Task<IDisposable> AcquireAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Task.Run(_file.Acquire);
            }
            catch (StorageException) when (attempt < Tries)
            {
                // Held for long, or not to be had at all: the last attempt says which.
            }
        }
    }

    public DrCloudSession? Read() =>
        _file.Read() is not { } box ? null
            : _box.TryOpen(box, Place, out var plain) && Parse(plain) is { } session ? session
            : throw new StorageException($"The file {Name} cannot be opened with this data folder's key: run `healthmcp logout drcloud`, then sign in again.");

    public void Write(DrCloudSession session) =>
        _file.Replace(_box.Seal(JsonSerializer.SerializeToUtf8Bytes(session, SessionJson.Default.DrCloudSession), Place));

    public void Delete() => _file.Delete();

    // Sealed, so it is as it was written: only another version of this program can have written what cannot be read.
    private static DrCloudSession? Parse(byte[] plain)
    {
        try
        {
            return JsonSerializer.Deserialize(plain, SessionJson.Default.DrCloudSession);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
