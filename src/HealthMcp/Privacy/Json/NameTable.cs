using System.Text;

namespace HealthMcp.Privacy;

/// <summary>A few names that are known beforehand, found by their bytes.</summary>
internal sealed class NameTable<T>
    where T : class
{
    private readonly byte[]?[] _names;
    private readonly T[] _values;

    /// <exception cref="InvalidOperationException">A name comes twice.</exception>
    public NameTable(IReadOnlyCollection<(string Name, T Value)> rows)
    {
        var size = 8;
        while (size < rows.Count * 4) size *= 2;
        (_names, _values) = (new byte[size][], new T[size]);
        foreach (var (name, value) in rows)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var at = Slot(bytes);
            for (; _names[at] is { } taken; at = (at + 1) & (size - 1))
                if (bytes.AsSpan().SequenceEqual(taken)) throw new InvalidOperationException($"{name} comes twice");
            (_names[at], _values[at]) = (bytes, value);
        }
    }

    public T? Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return null;
        for (var at = Slot(name); _names[at] is { } known; at = (at + 1) & (_names.Length - 1))
            if (name.SequenceEqual(known)) return _values[at];
        return null;
    }

    // Length and four letters tell the elements of a resource apart well enough.
    private int Slot(ReadOnlySpan<byte> name)
    {
        var letters = (uint)(name[0] | (name[name.Length >> 1] << 8) | (name[^1] << 16) | (name[name.Length - 1 - (name.Length >> 2)] << 24));
        var hash = (letters ^ (uint)name.Length) * 0x9E3779B1U;
        return (int)(hash >> 16) & (_names.Length - 1);
    }
}
