using System.Globalization;
using HealthMcp.Cli;
using HealthMcp.Storage.Postgres;
using HealthMcp.Tests.Storage.Stores;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Cli;

/// <summary><c>db</c> as an operator runs it.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class DatabaseCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_key_is_one_that_the_setting_takes_and_is_kept_nowhere()
    {
        var (code, first, _) = await RunAsync(null, null, "db", "key");
        var (_, second, _) = await RunAsync(null, null, "db", "key");

        code.ShouldBe(Exit.Done);
        first.ShouldNotBe(second);
        var problems = new List<string>();
        Composition.Configure(name => name == "HEALTHMCP_MASTER_KEY" ? first : name == "HEALTHMCP_DATA_DIR" ? _folder["data"] : null, problems);
        problems.ShouldBeEmpty();
        Directory.Exists(_folder["data"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("status")]
    public async Task Without_a_database_the_setting_is_named(string command)
    {
        var (code, _, said) = await RunAsync(null, null, "db", command);

        code.ShouldBe(Exit.CannotStart);
        said.ShouldContain("HEALTHMCP_DATABASE");
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_without_naming_it()
    {
        const string Address = "Host=127.0.0.1;Port=9;Database=secretbase;Username=secretuser;Password=hunter2";
        foreach (var arguments in new string[][] { ["db", "status"], ["doctor"], ["--port", "0"] })
        {
            var (code, said, error) = await RunAsync(Address, Key, arguments);

            code.ShouldNotBe(Exit.Done);
            (said + error).ShouldContain("cannot be reached");
            foreach (var secret in new[] { "secretbase", "secretuser", "hunter2", Key }) (said + error).ShouldNotContain(secret);
        }
    }

    [PostgresFact]
    public async Task Tables_are_made_once_and_what_runs_on_them_says_how_they_are()
    {
        using var place = new StorePlace(StoreKind.Postgres, migrated: false);
        var (code, _, said) = await RunAsync(place.Address, Key, "--port", "0");
        code.ShouldBe(Exit.CannotStart);
        said.ShouldContain("healthmcp db migrate");
        (await RunAsync(place.Address, Key, "db", "status")).Code.ShouldBe(Exit.ToolError);

        (await RunAsync(place.Address, null, "db", "migrate")).ShouldBe((Exit.Done, $"The tables are at version {MigrationTable.Newest} now.", ""));
        (await RunAsync(place.Address, null, "db", "migrate")).Said.ShouldContain("nothing to do");
        (await RunAsync(place.Address, null, "db", "status")).Code.ShouldBe(Exit.Done);
        (await RunAsync(place.Address, Key, "doctor")).Said.ShouldContain("database, reachable");
        (await RunAsync(place.Address, null, "doctor")).Said.ShouldContain("healthmcp db key");
        File.Exists(_folder["data/master.key"]).ShouldBeFalse();
    }

    private const string Key = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

    private async Task<(int Code, string Said, string Error)> RunAsync(string? database, string? key, params string[] arguments)
    {
        var lines = new List<string> { $"\"HEALTHMCP_DATA_DIR\":\"{_folder["data"]}\"" };
        if (database is not null) lines.Add($"\"HEALTHMCP_DATABASE\":\"{database}\"");
        if (key is not null) lines.Add($"\"HEALTHMCP_MASTER_KEY\":\"{key}\"");
        await File.WriteAllTextAsync(_folder["settings.json"], $"{{{string.Join(',', lines)}}}");
        var (said, error) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var code = await new CommandLine(new Terminal(TextReader.Null, said, error, false, () => Stream.Null, () => Stream.Null))
            .RunAsync([.. arguments, "--config", _folder["settings.json"]]);
        return (code, said.ToString().Trim(), error.ToString().Trim());
    }
}
