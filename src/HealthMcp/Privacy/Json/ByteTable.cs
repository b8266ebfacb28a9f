namespace HealthMcp.Privacy;

/// <summary>What a call found out about values, by their bytes, so that what repeats costs a hash and makes no string.</summary>
internal sealed class ByteTable<T>
    where T : class
{
    private int[] _buckets = new int[64];
    private ByteEntry[] _entries = new ByteEntry[64];
    private T[] _values = new T[64];
    private byte[] _keys = new byte[1024];
    private int _count;
    private int _used;

    /// <param name="key">The bytes of the value.</param>
    /// <param name="space">Values are told apart by it: a kind of handle, a class.</param>
    public T? Find(ReadOnlySpan<byte> key, string space) => Find(SeededHash.Fold(key), key, space);

    /// <summary>Adds what <see cref="Find(ReadOnlySpan{byte}, string)"/> did not find.</summary>
    public void Add(ReadOnlySpan<byte> key, string space, T value) => Add(SeededHash.Fold(key), key, space, value);

    /// <returns>False when it was there already.</returns>
    public bool TryAdd(ReadOnlySpan<byte> key, string space, T value)
    {
        var hash = SeededHash.Fold(key);
        if (Find(hash, key, space) is not null) return false;
        Add(hash, key, space, value);
        return true;
    }

    private T? Find(uint hash, ReadOnlySpan<byte> key, string space)
    {
        for (var at = _buckets[hash & (_buckets.Length - 1)] - 1; at >= 0; at = _entries[at].Next)
        {
            ref readonly var entry = ref _entries[at];
            if (entry.Hash == hash && key.SequenceEqual(_keys.AsSpan(entry.Start, entry.Length)) && string.Equals(entry.Space, space, StringComparison.Ordinal))
                return _values[at];
        }

        return null;
    }

    private void Add(uint hash, ReadOnlySpan<byte> key, string space, T value)
    {
        if (_count == _entries.Length) Grow();
        if (_keys.Length - _used < key.Length) Array.Resize(ref _keys, Math.Max(_keys.Length * 2, _used + key.Length));
        key.CopyTo(_keys.AsSpan(_used));
        _entries[_count] = new ByteEntry { Hash = hash, Start = _used, Length = key.Length, Space = space };
        _values[_count] = value;
        _used += key.Length;
        Link(_count++);
    }

    private void Link(int at)
    {
        ref var bucket = ref _buckets[_entries[at].Hash & (_buckets.Length - 1)];
        _entries[at].Next = bucket - 1;
        bucket = at + 1;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _count * 2);
        Array.Resize(ref _values, _count * 2);
        _buckets = new int[_count * 2];
        for (var at = 0; at < _count; at++) Link(at);
    }
}

/// <summary>One key of a table and the one after it in its bucket.</summary>
internal struct ByteEntry
{
    public uint Hash;
    public int Next;
    public int Start;
    public int Length;
    public string Space;
}
