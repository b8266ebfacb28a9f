using System.Text.Json;
using HealthMcp.Storage;

namespace HealthMcp.Keys;

/// <summary>
/// The registrations of this server, sealed: ids of a registry are nobody else's business. Each step of a registration is put down before the next, so
/// that one that broke off can be gone on with.
/// </summary>
internal sealed class RegistrationBook(IDataStore store, KeyFile keys, Entropy entropy)
{
    public const string FileName = "registrations";

    private readonly IWhole _file = store.Whole(FileName);
    private readonly SealedBox _box = new(keys.Derive("keys/registrations"), entropy);

    private static ReadOnlySpan<byte> Place => "registrations/v1"u8;

    public IReadOnlyList<Registration> All => Read(_file);

    private IReadOnlyList<Registration> Read(IContent file) =>
        file.Read() is not { } box ? []
            : _box.TryOpen(box, Place, out var plain) && Parse(plain) is { } list ? list.Registrations
            : throw new StorageException($"{FileName} cannot be opened with this data folder's key: restore both from one backup.");

    public Registration? Find(string name) => All.FirstOrDefault(one => one.Name == name);

    /// <summary>Puts it down, in the place of the one of that name.</summary>
    public Registration Put(Registration registration)
    {
        Change(all => [.. all.Where(one => one.Name != registration.Name), registration]);
        return registration;
    }

    public void Remove(string name) => Change(all => [.. all.Where(one => one.Name != name)]);

    private void Change(Func<IReadOnlyList<Registration>, IReadOnlyList<Registration>> change)
    {
        using (var held = _file.Acquire())
        {
            var file = held.Whole(FileName);
            var list = new RegistrationList(1, change(Read(file)));
            file.Replace(_box.Seal(JsonSerializer.SerializeToUtf8Bytes(list, KeyJson.Default.RegistrationList), Place));
        }
    }

    // Sealed, so it is as it was written: only another version of this program can have written what cannot be read.
    private static RegistrationList? Parse(byte[] plain)
    {
        try
        {
            return JsonSerializer.Deserialize(plain, KeyJson.Default.RegistrationList) is { Version: 1 } list ? list : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
