using Npgsql;

namespace HealthMcp.Storage.Postgres;

/// <summary>Which tables a database has, and bringing them to what this program needs.</summary>
internal static class Schema
{
    public const string Missing = "The database has not this program's tables: run `healthmcp db migrate` once, then start again.";

    private const string Begin = "create table if not exists healthmcp_schema (version int primary key, applied timestamptz not null default now())";
    private const string Name = "schema";

    /// <summary>Refuses tables that are older or newer than this program's, and a server that acknowledges what a crash would undo.</summary>
    public static void Require(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(SqlTable.State, connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        if (Problem(reader.IsDBNull(0) ? 0 : reader.GetInt32(0)) is { } problem) throw new StorageException(problem);
        if (reader.GetString(1) == "off")
        {
            throw new StorageException("The database acknowledges writes before they are on its disk: set synchronous_commit to on for this user or database.");
        }
    }

    /// <summary>Null when <paramref name="version"/> is this program's.</summary>
    public static string? Problem(int version) => version switch
    {
        0 => Missing,
        _ when version < MigrationTable.Newest => "The database's tables are older than this program: run `healthmcp db migrate`, then start again.",
        _ when version > MigrationTable.Newest =>
            "The database's tables are newer than this program: start the version that last ran `healthmcp db migrate`, or a newer one.",
        _ => null,
    };

    /// <summary>The version that is there; 0 where there are no tables.</summary>
    public static int Version(NpgsqlConnection connection)
    {
        using var there = new NpgsqlCommand("select to_regclass('healthmcp_schema') is not null", connection);
        if (there.ExecuteScalar() is not true) return 0;
        using var command = new NpgsqlCommand("select coalesce(max(version), 0) from healthmcp_schema", connection);
        return (int)command.ExecuteScalar()!;
    }

    /// <summary>
    /// Runs the steps that are missing, each in a transaction of its own. Whoever else migrates at the same time waits and then finds nothing to do.
    /// </summary>
    /// <returns>The versions before and after.</returns>
    public static (int Before, int After) Migrate(NpgsqlConnection connection)
    {
        Run(connection, SqlTable.Lock, Name);
        try
        {
            Run(connection, Begin);
            var before = Version(connection);
            if (before > MigrationTable.Newest) throw new StorageException(Problem(before)!);
            for (var next = before + 1; next <= MigrationTable.Newest; next++) Step(connection, next);
            return (before, MigrationTable.Newest);
        }
        finally
        {
            // A connection that broke gave the lock back itself.
            if (connection.FullState == System.Data.ConnectionState.Open) Run(connection, SqlTable.Unlock, Name);
        }
    }

    private static void Step(NpgsqlConnection connection, int version)
    {
        using var transaction = connection.BeginTransaction();
        Run(connection, MigrationTable.Steps[version - 1]);
        Run(connection, "insert into healthmcp_schema (version) values ($1)", version);
        transaction.Commit();
    }

    private static void Run(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.ExecuteNonQuery();
    }
}
