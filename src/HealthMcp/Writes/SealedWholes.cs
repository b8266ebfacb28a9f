using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>Small things of one kind, each a sealed content of its own that opens only under its own name.</summary>
internal sealed class SealedWholes<T>(IDataStore store, SealedBox box, JsonTypeInfo<T> type, IHeld? held = null)
    where T : class
{
    /// <summary>The same under a lock: nothing is changed any more once it is lost.</summary>
    public SealedWholes<T> Under(IHeld lockOfAll) => new(store, box, type, lockOfAll);

    public T? Read(string name)
    {
        if (Content(name).Read() is not { } content) return null;
        return box.TryOpen(content, Place(name), out var plain)
            ? JsonSerializer.Deserialize(plain, type)
            : throw new StorageException($"{store.PlaceOf(name)} cannot be opened with this deployment's key: restore both from one backup.");
    }

    public void Write(string name, T one) => Content(name).Replace(box.Seal(JsonSerializer.SerializeToUtf8Bytes(one, type), Place(name)));

    public bool TryBegin(string name, T one) => Content(name).TryBegin(box.Seal(JsonSerializer.SerializeToUtf8Bytes(one, type), Place(name)));

    public void Delete(string name) => Content(name).Delete();

    public IReadOnlyList<string> Names(string begin) => store.WholeNames(begin, "");

    private IContent Content(string name) => held is null ? store.Whole(name) : held.Whole(name);

    private static byte[] Place(string name) => Encoding.ASCII.GetBytes($"{name}/v1");
}
