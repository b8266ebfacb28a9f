namespace HealthMcp.Storage.Postgres;

/// <summary>
/// A small content that is read and changed over the connection of a lock: if the lock is lost, so is the right to change it. Once it was read here, a change
/// names what was read, in the same statement, so that two who believe in one lock never both write.
/// </summary>
internal sealed class HeldContent(HeldSession session, string name) : IContent
{
    private const int Most = 1024 * 1024;

    private bool _looked;
    private byte[]? _seen;

    public byte[]? Read()
    {
        _seen = session.Do(connection => PostgresStore.One(connection, SqlTable.ReadWhole, name)) as byte[];
        _looked = true;
        return _seen;
    }

    public void Replace(ReadOnlySpan<byte> content)
    {
        var bytes = Sized(content, session.PlaceOf(name));
        session.Do(connection => _looked ? ReplaceSeen(connection, bytes) : PostgresStore.One(connection, SqlTable.ReplaceWhole, name, bytes));
        (_looked, _seen) = (true, bytes);
    }

    public bool TryBegin(ReadOnlySpan<byte> content)
    {
        var bytes = Sized(content, session.PlaceOf(name));
        var begun = session.Do(connection => PostgresStore.One(connection, SqlTable.BeginWhole, name, bytes)) is not null;
        (_looked, _seen) = (begun, begun ? bytes : null);
        return begun;
    }

    public void Delete()
    {
        session.Do(connection => PostgresStore.One(connection, SqlTable.DeleteWhole, name));
        (_looked, _seen) = (true, null);
    }

    public static byte[] Sized(ReadOnlySpan<byte> content, string place) => content.Length <= Most
        ? content.ToArray()
        : throw new StorageException($"{place} would be larger than this program ever reads it.");

    private object ReplaceSeen(Npgsql.NpgsqlConnection connection, byte[] bytes) =>
        (_seen is null
            ? PostgresStore.One(connection, SqlTable.BeginWhole, name, bytes)
            : PostgresStore.One(connection, SqlTable.ReplaceSeen, name, bytes, _seen))
        ?? throw new StorageException($"{session.PlaceOf(name)} was written by somebody else: try again.");
}
