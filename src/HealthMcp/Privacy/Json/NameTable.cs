using System.Text;

namespace HealthMcp.Privacy;

/// <summary>A few names that are known beforehand, found by their bytes.</summary>
internal sealed class NameTable<T>
    where T : class
{
    private readonly (byte[] Name, T Value)[] _slots;

    /// <exception cref="InvalidOperationException">A name comes twice.</exception>
    public NameTable(IReadOnlyCollection<(string Name, T Value)> rows)
    {
        var size = 8;
        while (size < rows.Count * 4) size *= 2;
        _slots = new (byte[], T)[size];
        foreach (var (name, value) in rows)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            if (Find(bytes) is not null) throw new InvalidOperationException($"{name} comes twice");
            var at = Slot(bytes);
            while (_slots[at].Value is not null) at = (at + 1) & (size - 1);
            _slots[at] = (bytes, value);
        }
    }

    public T? Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return null;
        for (var at = Slot(name); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref readonly var slot = ref _slots[at];
            if (slot.Value is null || name.SequenceEqual(slot.Name)) return slot.Value;
        }
    }

    // Length and four letters tell the elements of a resource apart well enough.
    private int Slot(ReadOnlySpan<byte> name)
    {
        var letters = (uint)(name[0] | (name[name.Length >> 1] << 8) | (name[^1] << 16) | (name[name.Length - 1 - (name.Length >> 2)] << 24));
        var hash = (letters ^ (uint)name.Length) * 0x9E3779B1U;
        return (int)(hash >> 16) & (_slots.Length - 1);
    }
}
