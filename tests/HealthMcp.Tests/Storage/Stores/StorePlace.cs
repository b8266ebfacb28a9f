using HealthMcp.Audit;
using HealthMcp.Keys;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Storage.Postgres;
using HealthMcp.Tests.Support;
using HealthMcp.Writes;
using Npgsql;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>An empty place of one kind for one test, with as many processes on it as the test likes; removed with it.</summary>
internal sealed class StorePlace : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<DataHome> _opened = [];
    private readonly string _schema = "t" + Entropy.System.NewGuid().ToString("N");
    private readonly StoreKind _kind;

    public StorePlace(StoreKind kind, bool migrated = true)
    {
        _kind = kind;
        if (kind == StoreKind.Files) return;
        Sql($"create schema {_schema}");
        if (!migrated) return;
        using var store = PostgresStore.Open(Address, TimeProvider.System);
        store.Migrate();
    }

    /// <summary>The connection string of this place's own schema.</summary>
    public string Address => With(TestDatabase.Address!, _schema);

    public string Schema => _schema;

    public byte[] MasterKey { get; init; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static string With(string address, string schema) => new NpgsqlConnectionStringBuilder(address) { SearchPath = schema }.ConnectionString;

    /// <summary>What one more process would open.</summary>
    public DataHome Home(string? address = null, TimeProvider? time = null)
    {
        var home = new DataHome(
            _kind == StoreKind.Files ? new StorageSettings(_folder.Path) : new StorageSettings(_folder.Path, address ?? Address, MasterKey),
            Entropy.System,
            time ?? TimeProvider.System);
        lock (_opened) _opened.Add(home);
        return home;
    }

    public IDataStore Open() => Home().Store;

    public HandleVault Vault(TimeProvider? time = null)
    {
        var home = Home(time: time);
        return HandleVault.Open(home.Store, home.Keys, Entropy.System);
    }

    public AuditLog Log() => Of(home => new AuditLog(home.Store, home.Keys, Entropy.System, TimeProvider.System));

    public AuditVerdict Verify() => Of(home => new AuditVerifier(home.Store, home.Keys, Entropy.System, TimeProvider.System).Verify());

    /// <summary>The calls of all sound lines that were not removed, in order; those before were read while they were there.</summary>
    public IReadOnlyList<string> Calls() => Of(home =>
    {
        List<string> calls = [];
        new AuditVerifier(home.Store, home.Keys, Entropy.System, TimeProvider.System).Verify(() =>
        {
            calls.Clear();
            return line =>
            {
                if (line.TryGetProperty("call", out var call)) calls.Add(call.GetString()!);
            };
        });
        return calls;
    });

    public WriteBook Writes() => Of(home => new WriteBook(home.Store, home.Keys, Entropy.System, TimeProvider.System));

    /// <summary>What is written under one approval.</summary>
    public static KeptWrite Entry(WriteBook book, string nonce, string caller = "caller-1") =>
        book.Entry([1], [2], nonce, PayloadDigest.Of("PUT", "/patients/1", "{}"u8), caller, "update_patient", "patients", "look");

    public ApprovalBook Approvals() => Of(home => new ApprovalBook(home.Store, home.Keys, Entropy.System, TimeProvider.System));

    /// <summary>Ends the session that holds a lock, as an administrator, a failing network or a restarted server does, and waits until it is gone.</summary>
    public void EndLock(string name) => Sql($"""
        select count(pg_terminate_backend(pid, 5000)) from pg_locks where locktype = 'advisory' and granted
          and ((classid::bigint << 32) | objid::bigint) = hashtextextended(coalesce(current_schema(), '') || '/healthmcp/{name}', 72)
        """).ShouldBe(1L);

    public KeyStore Keys() => Of(home => new KeyStore(home.Store, TimeProvider.System));

    /// <summary>What an administrator of the database can do.</summary>
    public object? Sql(string sql)
    {
        using var connection = new NpgsqlConnection(With(TestDatabase.Address!, _schema));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        foreach (var home in _opened) home.Dispose();
        if (_kind == StoreKind.Postgres) Sql($"drop schema {_schema} cascade");
        _folder.Dispose();
    }

    private T Of<T>(Func<DataHome, T> open) => open(Home());
}
