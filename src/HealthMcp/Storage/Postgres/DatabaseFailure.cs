using System.Net.Sockets;
using Npgsql;

namespace HealthMcp.Storage.Postgres;

/// <summary>
/// What a failure of the database means for the operator, in one sentence. The driver's own text is left behind: it may name the host, the user or a
/// value. SQLSTATE codes are those of PostgreSQL's appendix A.
/// </summary>
internal static class DatabaseFailure
{
    public static bool Is(Exception e) => e is NpgsqlException or TimeoutException or SocketException or IOException or InvalidOperationException;

    /// <summary>The connection is of no use any more, but another may be.</summary>
    public static bool IsLost(Exception e) => e switch
    {
        PostgresException p => p.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException { InnerException: TimeoutException } => false,
        _ => e is NpgsqlException or SocketException or IOException,
    };

    /// <param name="e">Any failure that <see cref="Is"/>.</param>
    /// <param name="place">What was being used, as <see cref="IDataStore.PlaceOf"/> says it.</param>
    public static StorageException Of(Exception e, string place) => e is PostgresException p
        ? new StorageException($"{Sentence(p.SqlState, place)} (SQLSTATE {p.SqlState})")
        : new StorageException(e is TimeoutException or { InnerException: TimeoutException }
            ? "The database did not answer in time: check its load and the network to it, and try again."
            : $"The database cannot be reached, or the connection to it was lost: check that it runs and that {DatabaseAddress.Setting} is right.");

    private static string Sentence(string state, string place) => state switch
    {
        PostgresErrorCodes.LockNotAvailable => $"{place} stayed locked: end the instance that holds it, and try again.",
        PostgresErrorCodes.QueryCanceled => "The database did not answer in time: check its load, and try again.",
        PostgresErrorCodes.InsufficientPrivilege =>
            "The database user may not use this program's tables: grant it select, insert, update and delete on them (see src/deploy/README.md).",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName => Schema.Missing,
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The database refused the user or the password: check {DatabaseAddress.Setting}.",
        PostgresErrorCodes.InvalidCatalogName => $"There is no database of that name: create it, or check {DatabaseAddress.Setting}.",
        PostgresErrorCodes.ReadOnlySqlTransaction => $"The database is read-only, as a standby is: let {DatabaseAddress.Setting} name the primary.",
        _ when state.StartsWith("53", StringComparison.Ordinal) => "The database is out of disk, memory or connections: make room and try again.",
        _ when state.StartsWith("57P", StringComparison.Ordinal) => "The database is starting or stopping: try again in a moment.",
        _ => $"The database refused to read or write {place}: look into its log.",
    };
}
