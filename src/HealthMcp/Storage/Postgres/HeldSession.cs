using Npgsql;

namespace HealthMcp.Storage.Postgres;

/// <summary>
/// One connection that holds one advisory lock, from <see cref="Take"/> until it is disposed. Once a statement on it has failed nothing more is written
/// over it. Taking it costs one round trip, a durable write one, giving it back (with what was to be written later) one.
/// </summary>
internal sealed class HeldSession : IDisposable
{
    private const int MostNear = 400;

    private readonly Lock _gate = new();
    private readonly PostgresStore _store;
    private readonly NpgsqlConnection _connection;
    private readonly string _name;
    private readonly Dictionary<string, HeldRow> _rows;
    private readonly Dictionary<string, HeldContent> _contents = new(StringComparer.Ordinal);
    private readonly List<Change> _waiting = [];
    private IDisposable? _turn;
    private bool _lost;

    private HeldSession(PostgresStore store, NpgsqlConnection connection, string name, Dictionary<string, HeldRow> rows) =>
        (_store, _connection, _name, _rows) = (store, connection, name, rows);

    public static HeldSession Take(PostgresStore store, string name)
    {
        var turn = store.Turns.Take(name) ?? throw new StorageException($"{store.PlaceOf(name)} stayed locked by this program: try again.");
        try
        {
            var session = store.Begin(name, connection => new HeldSession(store, connection, name, LockAndLook(store, connection, name)));
            session._turn = turn;
            return session;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public string PlaceOf(string name) => _store.PlaceOf(name);

    /// <summary>A row as it was when the lock was taken, with what this session has changed since.</summary>
    public HeldRow Row(string name, bool make)
    {
        if (_rows.TryGetValue(name, out var known)) return known;
        if (make) Do(connection => PostgresStore.One(connection, SqlTable.Make, name));

        // Not all that is named alike came with the lock.
        return _rows[name] = Do(connection => Look(connection, name)) ?? throw new StorageException($"There is no {_store.PlaceOf(name)}.");
    }

    public IReadOnlyList<(long At, byte[] Bytes)> Pieces(HeldRow row, long from, long to) => Do(connection =>
    {
        using var command = PostgresStore.Command(connection, SqlTable.Pieces, row.Name, from, to);
        using var reader = command.ExecuteReader();
        var pieces = new List<(long, byte[])>();
        while (reader.Read()) pieces.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        return pieces;
    });

    /// <summary>A small content under this lock; the same for the same name, because what was read of it names what may be replaced.</summary>
    public HeldContent Whole(string name)
    {
        if (_contents.TryGetValue(name, out var known)) return known;
        return _contents[name] = new HeldContent(this, name);
    }

    /// <summary>Is written with the next write, or when the lock is given back.</summary>
    public void Later(Change change)
    {
        _waiting.Add(change);
        change.Foresee();
    }

    /// <summary>Writes what waits, and then <paramref name="last"/>, together; durable when it returns.</summary>
    public void Flush(Change? last = null)
    {
        if (last is not null) Later(last);
        if (_waiting.Count > 0) Do(Send);
    }

    /// <summary>Runs something on the connection of the lock, or fails without having done anything if that is gone.</summary>
    public T Do<T>(Func<NpgsqlConnection, T> work)
    {
        lock (_gate)
        {
            if (_lost) throw new StorageException($"The lock on {_store.PlaceOf(_name)} was lost: nothing was written. Try again.");
            try
            {
                return work(_connection);
            }
            catch (Exception e) when (DatabaseFailure.Is(e))
            {
                _lost = true;
                throw DatabaseFailure.Of(e, _store.PlaceOf(_name));
            }
            catch
            {
                _lost = true;
                throw;
            }
        }
    }

    /// <summary>What still waited may be lost without a word when this fails: whoever needs it flushes.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _turn, null) is not { } turn) return;
        using (turn)
        {
            try
            {
                Do(Give);
                _connection.Dispose();
            }
            catch (StorageException)
            {
                _store.Abandon(_connection);
            }
        }
    }

    private static HeldRow? Look(NpgsqlConnection connection, string name)
    {
        using var command = PostgresStore.Command(connection, SqlTable.Row, name);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new HeldRow(name, reader.GetInt64(0), reader.GetInt64(1)) : null;
    }

    // One statement at a time: the driver writes several together with the help of the thread pool, whose threads may all be waiting here.
    private bool Send(NpgsqlConnection connection)
    {
        foreach (var change in _waiting)
        {
            var done = PostgresStore.One(connection, change.Sql, change.All);
            if (done is not 1L) throw new StorageException($"{_store.PlaceOf(_name)} was written by somebody else: try again.");
            _store.See(change.Row.Name, change.After);
        }

        _waiting.Clear();
        return true;
    }

    private bool Give(NpgsqlConnection connection)
    {
        Change? last = _waiting is [.., var one] ? one : null;
        if (last is not null) _waiting.RemoveAt(_waiting.Count - 1);
        Send(connection);
        if (last is null) PostgresStore.One(connection, SqlTable.Unlock, _name);
        else PostgresStore.One(connection, SqlTable.Give, [.. last.All, _name]);
        return true;
    }

    private static Dictionary<string, HeldRow> LockAndLook(PostgresStore store, NpgsqlConnection connection, string name)
    {
        using var command = PostgresStore.Command(connection, SqlTable.Take, name, store.LastSeen(name), MostNear);
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<string, HeldRow>(StringComparer.Ordinal);
        while (reader.Read())
        {
            var row = reader.GetString(0);
            if (reader.IsDBNull(1)) rows[row] = new HeldRow(row, reader.GetInt64(2), reader.GetInt64(3));
            else if (rows.GetValueOrDefault(row)?.Near is { } near) near.Add((reader.GetInt64(1), reader.GetFieldValue<byte[]>(4)));
        }

        if (rows.TryGetValue(name, out var own)) store.See(name, own.Length);
        return rows;
    }
}
