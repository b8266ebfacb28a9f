using System.Buffers.Text;
using System.CommandLine;
using HealthMcp.Storage;
using HealthMcp.Storage.Postgres;

namespace HealthMcp.Cli;

/// <summary><c>db</c>: the tables of a database that several instances share, and the key that all of them need.</summary>
internal sealed class DatabaseCommand(Terminal terminal, CommonOptions common, TimeProvider time, Entropy entropy)
{
    public Command Build()
    {
        var migrate = new Command("migrate", "Make or bring up to date the tables; nothing happens where they are.");
        migrate.SetAction((parsed, _) => WithStoreAsync(parsed, MigrateAsync));
        var status = new Command("status", "Say whether the database can be reached, and whether its tables are this program's.");
        status.SetAction((parsed, _) => WithStoreAsync(parsed, StatusAsync));
        var key = new Command("key", $"Print a new master key, for {KeyFile.Setting}. It is kept nowhere: put it where secrets are kept.");
        key.SetAction((_, _) => KeyAsync());
        return new Command("db", $"The PostgreSQL database of {DatabaseAddress.Setting}, which several instances share.") { migrate, status, key };
    }

    private async Task<int> MigrateAsync(PostgresStore store)
    {
        var (before, after) = store.Migrate();
        await terminal.Out.WriteLineAsync(before == after ? $"The tables are at version {after}: nothing to do." : $"The tables are at version {after} now.");
        return Exit.Done;
    }

    private async Task<int> StatusAsync(PostgresStore store)
    {
        var version = store.Version();
        await terminal.Out.WriteLineAsync($"reachable; tables at version {version}, this program needs {MigrationTable.Newest}");
        if (Schema.Problem(version) is not { } problem) return Exit.Done;
        await terminal.Error.WriteLineAsync(problem);
        return Exit.ToolError;
    }

    private async Task<int> KeyAsync()
    {
        var key = new byte[KeyFile.Size];
        entropy.Fill(key);
        await terminal.Out.WriteLineAsync(Base64Url.EncodeToString(key));
        return Exit.Done;
    }

    // The key is not asked for: whoever migrates need not be able to read what is kept.
    private async Task<int> WithStoreAsync(ParseResult parsed, Func<PostgresStore, Task<int>> run)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        if (configuration.Settings.Storage.Database is not { } address)
        {
            await terminal.Error.WriteLineAsync($"{DatabaseAddress.Setting} is not set: without a database everything is kept in the data directory.");
            return Exit.CannotStart;
        }

        using var store = PostgresStore.Open(address, time);
        return await run(store);
    }
}
