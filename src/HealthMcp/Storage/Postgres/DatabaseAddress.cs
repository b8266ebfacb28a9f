using Npgsql;

namespace HealthMcp.Storage.Postgres;

/// <summary>
/// A connection string with what this program needs of every connection: short limits on each wait, dead peers noticed on both sides, and no reset
/// between uses (a lock is given back by name). What the operator wrote goes first where it is theirs to choose.
/// </summary>
internal static class DatabaseAddress
{
    public const string Setting = "HEALTHMCP_DATABASE";

    /// <summary>In milliseconds and seconds, as the server writes them. The wait for a lock is that of <see cref="LockedFile.Patience"/>.</summary>
    private const string Limits =
        "-c default_transaction_isolation=read\\ committed -c lock_timeout=10000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000 "
        + "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c client_min_messages=error";

    /// <returns>Null, and the problem, when it is not one; the problem names the setting and nothing of its value.</returns>
    public static string? Read(string text, List<string> problems)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(text);
            if (given is { Host.Length: > 0, Database.Length: > 0 }) return text;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Its message may quote the value, and a password with it.
        }

        problems.Add($"{Setting} must be a connection string such as Host=…;Database=…;Username=…;Password=….");
        return null;
    }

    public static NpgsqlDataSource Open(string address)
    {
        var with = new NpgsqlConnectionStringBuilder(address)
        {
            ApplicationName = "healthmcp",
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
            LogParameters = false,
            CommandTimeout = 20,
            Enlist = false,
            Multiplexing = false,
        };
        with.Options = $"{Limits} {with.Options}".TrimEnd();
        Choose(with, "Maximum Pool Size", () => with.MaxPoolSize = 10);
        Choose(with, "Max Auto Prepare", () => with.MaxAutoPrepare = 40);
        Choose(with, "Timeout", () => with.Timeout = 5);
        Choose(with, "Keepalive", () => with.KeepAlive = 15);

        // Asked for by name only: an image without Kerberos' library would say at each start that it has none.
        Choose(with, "GSS Encryption Mode", () => with.GssEncryptionMode = GssEncryptionMode.Disable);
        return NpgsqlDataSource.Create(with);
    }

    /// <summary>Whether what is sent to the server can be read on the way.</summary>
    public static bool IsOpenToOthers(string address)
    {
        var with = new NpgsqlConnectionStringBuilder(address);
        var here = with.Host is { } host && (host.StartsWith('/') || host is "localhost" or "127.0.0.1" or "::1");
        return !here && with.SslMode is SslMode.Disable or SslMode.Allow or SslMode.Prefer;
    }

    private static void Choose(NpgsqlConnectionStringBuilder with, string keyword, Action ours)
    {
        if (!with.ShouldSerialize(keyword)) ours();
    }
}
