using System.Collections.Concurrent;
using Npgsql;

namespace HealthMcp.Storage.Postgres;

/// <summary>
/// The tables of a database that several instances share. Rows of bytes are kept as pieces, one for each write; a lock is a session's advisory lock, and
/// everything done under it goes over that session's connection.
/// </summary>
internal sealed class PostgresStore(NpgsqlDataSource source, TimeProvider time) : IDataStore, IDisposable
{
    // Pooled connections may all have died with the server they were to; each attempt throws the pool away.
    private const int Tries = 3;

    private readonly ConcurrentDictionary<string, (long? Length, long At)> _seen = new(StringComparer.Ordinal);

    public static PostgresStore Open(string address, TimeProvider time) => new(DatabaseAddress.Open(address), time);

    /// <summary>Who in this process comes next for each lock.</summary>
    public Turns Turns { get; } = new();

    public IHeldBytes Hold(string name) => new HeldBytes(HeldSession.Take(this, Plain(name)), name, writing: true);

    public IHeldBytes HoldToRead(string name) => new HeldBytes(HeldSession.Take(this, Plain(name)), name, writing: false);

    public long? LengthOf(string name, TimeSpan oldest = default)
    {
        if (oldest > TimeSpan.Zero && _seen.TryGetValue(name, out var seen) && time.GetElapsedTime(seen.At) <= oldest) return seen.Length;
        var length = Ask(name, connection => One(connection, SqlTable.LengthOf, Plain(name)) as long?);
        See(name, length);
        return length;
    }

    public IWhole Whole(string name) => new PostgresContent(this, Plain(name));

    public IReadOnlyList<string> WholeNames(string begin, string end) => Ask("names", connection =>
    {
        using var command = Command(connection, SqlTable.WholeNames, begin, end);
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    });

    public string PlaceOf(string name) => $"“{name}” of the database";

    /// <summary>Refuses tables that are not this program's, and a key that is not the one they were begun with.</summary>
    public void Require(KeyFile keys)
    {
        var mark = keys.Derive("database/mark");
        var kept = Ask("schema", connection =>
        {
            Schema.Require(connection);
            One(connection, SqlTable.BeginWhole, "key.mark", mark);
            return One(connection, SqlTable.ReadWhole, "key.mark") as byte[];
        });
        if (!mark.AsSpan().SequenceEqual(kept))
        {
            throw new StorageException(
                $"This database was begun with another master key: give every instance the same {KeyFile.Setting}, or the key file it was begun with.");
        }
    }

    /// <summary>The version of the tables; 0 where there are none.</summary>
    public int Version() => Ask("schema", Schema.Version);

    public (int Before, int After) Migrate() => Ask("schema", Schema.Migrate);

    public void Dispose()
    {
        source.Dispose();
        Turns.Dispose();
    }

    /// <summary>Runs what may be repeated on a connection of its own, once more if a pooled one turns out to be dead.</summary>
    public T Ask<T>(string name, Func<NpgsqlConnection, T> ask) => Begin(name, connection =>
    {
        var answer = ask(connection);
        connection.Dispose();
        return answer;
    });

    /// <summary>The same, but the connection stays with whoever asked.</summary>
    public T Begin<T>(string name, Func<NpgsqlConnection, T> begin)
    {
        for (var attempt = 1; ; attempt++)
        {
            NpgsqlConnection? connection = null;
            try
            {
                connection = source.OpenConnection();
                return begin(connection);
            }
            catch (Exception e) when (DatabaseFailure.Is(e))
            {
                Abandon(connection);
                if (attempt == Tries || !DatabaseFailure.IsLost(e)) throw DatabaseFailure.Of(e, PlaceOf(name));
            }
            catch
            {
                Abandon(connection);
                throw;
            }
        }
    }

    /// <summary>Ends a connection instead of pooling it: with its session end its locks.</summary>
    public void Abandon(NpgsqlConnection? connection)
    {
        source.Clear();
        connection?.Dispose();
    }

    /// <summary>Remembers how long a row was when this process last looked.</summary>
    public void See(string name, long? length) => _seen[name] = (length, time.GetTimestamp());

    public long LastSeen(string name) => _seen.TryGetValue(name, out var seen) ? seen.Length ?? 0 : 0;

    public static object? One(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar();
    }

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    // The same names as files have, so that one that fits here fits there.
    private static string Plain(string name) =>
        name.Length is > 0 and <= 64 && name[0] != '.' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
            ? name
            : throw new ArgumentException("A stored content has a short lower-case name.", nameof(name));
}
