using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>Small things of one kind, each a sealed content of its own that opens only under its own name.</summary>
internal sealed class SealedWholes<T>(IDataStore store, SealedBox box, JsonTypeInfo<T> type)
    where T : class
{
    public T? Read(string name)
    {
        if (store.Whole(name).Read() is not { } content) return null;
        return box.TryOpen(content, Place(name), out var plain)
            ? JsonSerializer.Deserialize(plain, type)
            : throw new StorageException($"{store.PlaceOf(name)} cannot be opened with this deployment's key: restore both from one backup.");
    }

    public void Write(string name, T one) => store.Whole(name).Replace(box.Seal(JsonSerializer.SerializeToUtf8Bytes(one, type), Place(name)));

    public bool TryBegin(string name, T one) => store.Whole(name).TryBegin(box.Seal(JsonSerializer.SerializeToUtf8Bytes(one, type), Place(name)));

    public void Delete(string name) => store.Whole(name).Delete();

    public IReadOnlyList<string> Names(string begin) => store.WholeNames(begin, "");

    private static byte[] Place(string name) => Encoding.ASCII.GetBytes($"{name}/v1");
}
