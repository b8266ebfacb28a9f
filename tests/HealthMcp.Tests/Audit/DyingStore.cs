using HealthMcp.Storage;

namespace HealthMcp.Tests.Audit;

/// <summary>A store whose process dies at the n-th change: that one is done by half, where it can be, and nothing after it.</summary>
internal sealed class DyingStore(IDataStore inner, int changes) : IDataStore
{
    private int _left = changes;

    public bool Died { get; private set; }

    public IHeldBytes Hold(string name) => new Bytes(this, inner.Hold(name));

    public IHeldBytes HoldToRead(string name) => inner.HoldToRead(name);

    public long? LengthOf(string name, TimeSpan oldest = default) => inner.LengthOf(name, oldest);

    public IWhole Whole(string name) => new Own(this, inner.Whole(name));

    public IReadOnlyList<string> WholeNames(string begin, string end) => inner.WholeNames(begin, end);

    public string PlaceOf(string name) => inner.PlaceOf(name);

    private bool Dies()
    {
        if (Died) throw new IOException("dead");
        return Died = --_left < 0;
    }

    private void Change(Action whole, Action? half = null)
    {
        if (!Dies())
        {
            whole();
            return;
        }

        half?.Invoke();
        throw new IOException("died");
    }

    private sealed class Bytes(DyingStore store, IHeldBytes inner) : IHeldBytes
    {
        public long Length => inner.Length;

        public byte[] Read(long offset, int atMost = int.MaxValue) => inner.Read(offset, atMost);

        public void Append(ReadOnlySpan<byte> bytes)
        {
            var all = bytes.ToArray();
            store.Change(() => inner.Append(all), () => inner.Append(all.AsSpan(0, all.Length / 2)));
        }

        public void Overwrite(long offset, ReadOnlySpan<byte> bytes)
        {
            var all = bytes.ToArray();
            store.Change(() => inner.Overwrite(offset, all));
        }

        public void Flush() => inner.Flush();

        public void Truncate(long length) => store.Change(() => inner.Truncate(length));

        public IHeldBytes Beside(string suffix) => new Bytes(store, inner.Beside(suffix));

        public IContent Whole(string name) => new Content(store, inner.Whole(name));

        public void Dispose() => inner.Dispose();
    }

    private sealed class Own(DyingStore store, IWhole inner) : Content(store, inner), IWhole
    {
        private readonly IWhole _inner = inner;

        public bool Exists => _inner.Exists;

        public IHeld Acquire() => new Lock(Store, _inner.Acquire());
    }

    private sealed class Lock(DyingStore store, IHeld inner) : IHeld
    {
        public IContent Whole(string name) => new Content(store, inner.Whole(name));

        public void Dispose() => inner.Dispose();
    }

    private class Content(DyingStore store, IContent inner) : IContent
    {
        protected DyingStore Store => store;

        public byte[]? Read() => inner.Read();

        public void Replace(ReadOnlySpan<byte> content)
        {
            var all = content.ToArray();
            store.Change(() => inner.Replace(all));
        }

        public bool TryBegin(ReadOnlySpan<byte> content)
        {
            var (all, begun) = (content.ToArray(), false);
            store.Change(() => begun = inner.TryBegin(all));
            return begun;
        }

        public void Delete() => store.Change(inner.Delete);
    }
}
