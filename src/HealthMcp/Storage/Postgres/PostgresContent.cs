using Npgsql;

namespace HealthMcp.Storage.Postgres;

/// <summary>A small content in one row. While the lock is held here, changes go over its connection, so that they fail if it is gone.</summary>
internal sealed class PostgresContent(PostgresStore store, string name) : IWhole
{
    private volatile HeldLock? _held;

    public bool Exists => store.Ask(name, connection => PostgresStore.One(connection, SqlTable.ExistsWhole, name)) is not null;

    public IHeld Acquire()
    {
        var session = HeldSession.Take(store, name + ".lock");
        return _held = new HeldLock(this, session);
    }

    public byte[]? Read() => store.Ask(name, connection => PostgresStore.One(connection, SqlTable.ReadWhole, name)) as byte[];

    public void Replace(ReadOnlySpan<byte> content)
    {
        var bytes = HeldContent.Sized(content, store.PlaceOf(name));
        Change(connection => PostgresStore.One(connection, SqlTable.ReplaceWhole, name, bytes));
    }

    public bool TryBegin(ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        return store.Ask(name, connection => PostgresStore.One(connection, SqlTable.BeginWhole, name, bytes)) is not null;
    }

    public void Delete() => Change(connection => PostgresStore.One(connection, SqlTable.DeleteWhole, name));

    private void Change(Func<NpgsqlConnection, object?> change)
    {
        if (_held is { } held) held.Session.Do(change);
        else store.Ask(name, change);
    }

    private sealed class HeldLock(PostgresContent content, HeldSession session) : IHeld
    {
        public HeldSession Session => session;

        public IContent Whole(string name) => session.Whole(name);

        public void Dispose()
        {
            Interlocked.CompareExchange(ref content._held, null, this);
            session.Dispose();
        }
    }
}
