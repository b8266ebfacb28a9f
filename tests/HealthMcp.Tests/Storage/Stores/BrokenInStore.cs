using HealthMcp.Storage;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>A store in which something happens just before the n-th change, once; the change is tried all the same.</summary>
internal sealed class BrokenInStore(IDataStore inner, int changes, Action before) : IDataStore
{
    private int _left = changes;

    public bool Happened => _left < 0;

    /// <summary>From now on nothing happens any more.</summary>
    public void Disarm() => _left = int.MaxValue;

    public IHeldBytes Hold(string name) => new Bytes(this, inner.Hold(name));

    public IHeldBytes HoldToRead(string name) => inner.HoldToRead(name);

    public long? LengthOf(string name, TimeSpan oldest = default) => inner.LengthOf(name, oldest);

    public IWhole Whole(string name) => inner.Whole(name);

    public IReadOnlyList<string> WholeNames(string begin, string end) => inner.WholeNames(begin, end);

    public string PlaceOf(string name) => inner.PlaceOf(name);

    private void Change(Action change)
    {
        if (_left-- == 0) before();
        change();
    }

    private sealed class Bytes(BrokenInStore store, IHeldBytes inner) : IHeldBytes
    {
        public long Length => inner.Length;

        public byte[] Read(long offset, int atMost = int.MaxValue) => inner.Read(offset, atMost);

        public void Append(ReadOnlySpan<byte> bytes)
        {
            var all = bytes.ToArray();
            store.Change(() => inner.Append(all));
        }

        public void Overwrite(long offset, ReadOnlySpan<byte> bytes)
        {
            var all = bytes.ToArray();
            store.Change(() => inner.Overwrite(offset, all));
        }

        public void Flush() => store.Change(inner.Flush);

        public void Truncate(long length) => store.Change(() => inner.Truncate(length));

        public IHeldBytes Beside(string suffix) => new Bytes(store, inner.Beside(suffix));

        public IContent Whole(string name) => new Content(store, inner.Whole(name));

        public void Dispose() => inner.Dispose();
    }

    private sealed class Content(BrokenInStore store, IContent inner) : IContent
    {
        public byte[]? Read() => inner.Read();

        public void Replace(ReadOnlySpan<byte> content)
        {
            var all = content.ToArray();
            store.Change(() => inner.Replace(all));
        }

        public bool TryBegin(ReadOnlySpan<byte> content) => inner.TryBegin(content);

        public void Delete() => store.Change(inner.Delete);
    }
}
