using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Storage.Stores;

public sealed class StorageSettingsTests
{
    private const string Good = "Host=db;Database=healthmcp;Username=app;Password=hunter2";
    private const string Key = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

    [Theory]
    [InlineData("hunter2")]
    [InlineData("Host=db;Database=x;Nonsense=hunter2")]
    [InlineData("Host=db;Port=hunter2;Database=x")]
    [InlineData("Host=db;Database=x;Password='hunter2")]
    [InlineData("postgres://app:hunter2@db/healthmcp")]
    [InlineData("Database=x;Password=hunter2")]
    public void A_bad_connection_string_is_named_and_not_repeated(string text)
    {
        var problems = new List<string>();
        StorageSettings.Read(name => name == "HEALTHMCP_DATABASE" ? text : name == "HEALTHMCP_DATA_DIR" ? "d" : null, problems).Database.ShouldBeNull();

        problems.ShouldHaveSingleItem().ShouldStartWith("HEALTHMCP_DATABASE must be");
        problems[0].ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyB")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHy*")]
    public void A_bad_key_is_named_and_not_repeated(string text)
    {
        var problems = new List<string>();
        StorageSettings.Read(name => name == "HEALTHMCP_MASTER_KEY" ? text : name == "HEALTHMCP_DATA_DIR" ? "d" : null, problems).MasterKey.ShouldBeNull();

        problems.ShouldHaveSingleItem().ShouldContain("healthmcp db key");
    }

    [Fact]
    public void Good_settings_are_taken_and_never_shown()
    {
        var problems = new List<string>();
        var settings = Composition.Configure(
            name => name switch { "HEALTHMCP_DATABASE" => Good, "HEALTHMCP_MASTER_KEY" => Key, "HEALTHMCP_DATA_DIR" => "d", _ => null }, problems).Settings;

        problems.ShouldBeEmpty();
        settings.Storage.Database.ShouldBe(Good);
        settings.Storage.MasterKey!.Length.ShouldBe(32);
        settings.ToString().ShouldNotContain("hunter2");
        settings.ToString().ShouldNotContain(Key);
    }

    [Fact]
    public void A_shared_database_without_a_shared_key_is_refused()
    {
        using var folder = new TempFolder();
        using var data = new DataHome(new StorageSettings(folder.Path, Good), Entropy.System, TimeProvider.System);

        Should.Throw<StorageException>(() => data.Keys).Message.ShouldContain("healthmcp db key");
        Should.Throw<StorageException>(() => data.Store).Message.ShouldContain("healthmcp db key");
        File.Exists(folder[KeyFile.Name]).ShouldBeFalse();
    }

    [Fact]
    public void A_key_of_the_platform_goes_before_the_file_and_makes_none()
    {
        using var folder = new TempFolder();
        using var data = new DataHome(new StorageSettings(folder.Path, null, new byte[32]), Entropy.System, TimeProvider.System);

        data.Keys.Derive("x").ShouldBe(KeyFile.FromSecret(new byte[32]).Derive("x"));
        File.Exists(folder[KeyFile.Name]).ShouldBeFalse();
    }
}
