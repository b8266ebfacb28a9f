namespace HealthMcp.Storage.Postgres;

/// <summary>One row of bytes under the lock of its session.</summary>
internal sealed class HeldBytes : IHeldBytes
{
    private readonly HeldSession _session;
    private readonly HeldRow _row;
    private readonly bool _writing;
    private readonly bool _beside;

    /// <summary>Makes the row when it is missing and written to; a session that cannot is given back.</summary>
    public HeldBytes(HeldSession session, string name, bool writing, bool beside = false)
    {
        (_session, _writing, _beside) = (session, writing, beside);
        try
        {
            _row = session.Row(name, make: writing);
        }
        catch
        {
            if (!beside) session.Dispose();
            throw;
        }
    }

    public long Length => _row.Length;

    public byte[] Read(long offset, int atMost = int.MaxValue) => Read(offset, atMost, whole: _writing);

    public byte[] ReadWhatIsLeft(long offset, int atMost = int.MaxValue) => Read(offset, atMost, whole: false);

    private byte[] Read(long offset, int atMost, bool whole)
    {
        var size = (int)Math.Clamp(_row.Length - offset, 0, Math.Min(atMost, Array.MaxLength));
        if (size == 0) return [];
        _session.Flush();
        var pieces = _row.Near is { } near && Covers(near, offset, offset + size) is null ? near : _session.Pieces(_row, offset, offset + size);

        // Whoever verifies is to find the place; whoever writes must not go on from what somebody damaged.
        if (whole && Covers(pieces, offset, offset + size) is { } gap)
        {
            throw new StorageException($"{_session.PlaceOf(_row.Name)} was changed outside this program at byte {gap}: restore the database from a backup.");
        }

        return Copy(pieces, offset, size);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        _session.Flush(new Change(Written(), SqlTable.Append, _row.Length + bytes.Length, bytes.ToArray(), _row.Length));
    }

    // A row is never left with a gap, and the statement refuses one.
    public void Overwrite(long offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        var after = Math.Max(_row.Length, offset + bytes.Length);
        _session.Later(new Change(Written(), SqlTable.Overwrite, after, bytes.ToArray(), _row.Length, offset));
    }

    public void Flush() => _session.Flush();

    public void Truncate(long length)
    {
        if (length < _row.Length) _session.Flush(new Change(Written(), SqlTable.Truncate, length, length, _row.Length));
    }

    public IHeldBytes Beside(string suffix) => new HeldBytes(_session, _row.Name + suffix, _writing, beside: true);

    public IContent Whole(string name) => _session.Whole(name);

    public void Dispose()
    {
        if (!_beside) _session.Dispose();
    }

    private HeldRow Written() => _writing ? _row : throw new StorageException($"{_session.PlaceOf(_row.Name)} was opened to read.");

    /// <returns>The first byte that no piece holds; null when there is none.</returns>
    private static long? Covers(IReadOnlyList<(long At, byte[] Bytes)> pieces, long from, long to)
    {
        foreach (var (at, bytes) in pieces)
        {
            if (at > from) break;
            from = Math.Max(from, at + bytes.Length);
        }

        return from < to ? from : null;
    }

    /// <summary>Bytes that no piece holds are zeros, which no format here takes for its own.</summary>
    private static byte[] Copy(IReadOnlyList<(long At, byte[] Bytes)> pieces, long offset, int size)
    {
        var copy = new byte[size];
        foreach (var (at, bytes) in pieces)
        {
            var (first, last) = (Math.Max(at, offset), Math.Min(at + bytes.Length, offset + size));
            if (first < last) bytes.AsSpan((int)(first - at), (int)(last - first)).CopyTo(copy.AsSpan((int)(first - offset)));
        }

        return copy;
    }
}
