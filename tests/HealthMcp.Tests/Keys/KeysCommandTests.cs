using System.Globalization;
using System.Text.Json;
using HealthMcp.Audit;
using HealthMcp.Cli;
using HealthMcp.Keys;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Keys;

/// <summary>The command as an operator uses it.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, null, "http://127.0.0.1:8765/mcp/r/hmk_")]
    [InlineData("https://mcp.example.org/mcp", null, "https://mcp.example.org/mcp/r/hmk_")]
    [InlineData("https://example.org/health/endpoint", null, "https://example.org/health/endpoint/r/hmk_")]
    [InlineData("https://mcp.example.org/mcp", "https://other.example.org", "https://other.example.org/mcp/r/hmk_")]
    [InlineData(null, "https://other.example.org/mcp/", "https://other.example.org/mcp/r/hmk_")]
    public async Task The_url_is_the_endpoints_as_clients_write_it(string? setting, string? option, string url)
    {
        string[] given = option is null ? [] : ["--public-url", option];
        var (_, shown, said) = await RunAsync(setting is null ? [] : [("HEALTHMCP_PUBLIC_URL", setting)], ["create", "--name", "PhenoML", .. given]);

        shown.ShouldStartWith(url, customMessage: said);
    }

    [Fact]
    public async Task The_url_is_shown_once_and_then_never_again()
    {
        var (code, shown, said) = await RunAsync("create", "--name", "PhenoML", "--public-url", "https://mcp.example.org/");

        code.ShouldBe(Exit.Done);
        shown.ShouldStartWith("https://mcp.example.org/mcp/r/hmk_");
        var secret = shown.Trim()[^KeyText.Length..];
        said.ShouldNotContain(secret);
        var (_, listed, _) = await RunAsync("list");
        listed.ShouldContain("PhenoML");
        listed.ShouldContain("active");
        listed.ShouldContain("never");
        listed.ShouldNotContain(secret);
        listed.ShouldNotContain(KeyText.Hash(secret));
    }

    [Fact]
    public async Task By_default_a_key_reads_deidentified_for_90_days_from_anywhere()
    {
        await RunAsync("create", "--name", "PhenoML");
        var key = (await KeysAsync()).Single();

        key.Level.ShouldBe("deidentified");
        (key.Expires - key.Created).ShouldBe(TimeSpan.FromDays(90));
        key.Networks.ShouldBeEmpty();
        key.Scopes.ShouldContain("xcures/subjects.read");
        key.Scopes.ShouldNotContain(scope => scope.EndsWith(".write", StringComparison.Ordinal) || scope.StartsWith("phi/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_can_be_said_and_a_key_can_be_revoked_once()
    {
        await RunAsync([
            "create", "--name", "One", "--scopes", "xcures/subjects.read", "--level", "limited", "--expires", "12h",
            "--networks", "203.0.113.7/24, 2001:db8::1",
        ]);
        var key = (await KeysAsync()).Single();
        (key.Level, string.Join(' ', key.Scopes)).ShouldBe(("limited", "xcures/subjects.read"));
        key.Networks.ShouldBe(["203.0.113.0/24", "2001:db8::1/128"]);
        (key.Expires - key.Created).ShouldBe(TimeSpan.FromHours(12));

        (await RunAsync("revoke", key.Id)).Code.ShouldBe(Exit.Done);
        (await RunAsync("revoke", key.Id)).Code.ShouldBe(Exit.ToolError);
        (await RunAsync("list")).Out.ShouldContain("revoked");
    }

    [Fact]
    public async Task Making_and_revoking_stand_in_the_audit_by_whom_and_of_which_key_and_never_the_key()
    {
        var (_, shown, _) = await RunAsync("create", "--name", "PhenoML", "--scopes", "xcures/subjects.read", "--level", "limited");
        var key = (await KeysAsync()).Single();
        await RunAsync("list");
        (await RunAsync("revoke", key.Id)).Code.ShouldBe(Exit.Done);
        await RunAsync("revoke", key.Id);

        var audit = await File.ReadAllTextAsync(_folder[$"data/{AuditLog.FileName}"]);
        var lines = audit.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => JsonElement.Parse(line)).ToList();
        lines.Select(line => $"{Text(line, "tool")} {Text(line, "phase")} {Text(line, "outcome")}").ShouldBe(
            ["keys_create begin doing", "keys_create end ok", "keys_revoke begin doing", "keys_revoke end ok"]);
        lines.ShouldAllBe(line => Text(line, "about") == $"key:{key.Id}" && Text(line, "caller").StartsWith("local", StringComparison.Ordinal));
        lines.ShouldAllBe(line => Text(line, "level") == "limited" && line.GetProperty("scopes")[0].GetString() == "xcures/subjects.read");
        var secret = shown.Trim()[^KeyText.Length..];
        foreach (var hidden in new[] { secret, KeyText.Hash(secret), "PhenoML" }) audit.ShouldNotContain(hidden);
    }

    [Fact]
    public async Task What_cannot_be_recorded_makes_and_revokes_no_key()
    {
        var (_, shown, _) = await RunAsync("create", "--name", "First");
        var key = (await KeysAsync()).Single();
        var log = _folder[$"data/{AuditLog.FileName}"];
        File.Move(log, log + ".away");
        Directory.CreateDirectory(log);

        var (code, url, said) = await RunAsync("create", "--name", "Second");
        (code, url).ShouldBe((Exit.CannotStart, ""));
        said.ShouldContain("no key is made");
        (await RunAsync("revoke", key.Id)).Code.ShouldBe(Exit.CannotStart);
        (await KeysAsync()).Single().Revoked.ShouldBeNull();
        new KeyStore(DataDirectory.Open(_folder["data"]), TimeProvider.System).Find(shown.Trim()[^KeyText.Length..]).ShouldNotBeNull();
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    [Theory]
    [InlineData("--expires", "0d")]
    [InlineData("--expires", "367d")]
    [InlineData("--expires", "never")]
    [InlineData("--expires", "2020-01-01")]
    [InlineData("--expires", "-5d")]
    [InlineData("--level", "all")]
    [InlineData("--networks", "")]
    [InlineData("--networks", " , ")]
    [InlineData("--networks", "203.0.113.0/33")]
    [InlineData("--networks", "10.0.0.0/8,everything")]
    [InlineData("--scopes", "")]
    [InlineData("--scopes", "xcures/subjects.raed")]
    [InlineData("--scopes", "xcures/subjects.read phi/identified")]
    [InlineData("--public-url", "http://mcp.example.org")]
    [InlineData("--public-url", "mcp.example.org")]
    [InlineData("--name", " ")]
    public async Task What_is_wrong_is_said_and_no_key_is_made(string option, string value)
    {
        string[] name = option == "--name" ? [] : ["--name", "x"];
        var (code, shown, said) = await RunAsync(["create", .. name, option, value]);

        code.ShouldBe(Exit.BadUsage);
        shown.ShouldBeEmpty();
        said.ShouldContain(option);
        (await KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void Areas_in_which_something_acts_by_itself_are_never_a_default()
    {
        using var app = OneApp.Build();

        KeyOrder.DefaultScopes(app.Scopes).ShouldNotContain(scope =>
            scope.StartsWith("phenoml/agents", StringComparison.Ordinal)
            || scope.StartsWith("phenoml/workflows", StringComparison.Ordinal)
            || scope.StartsWith("phenoml/registry", StringComparison.Ordinal));
    }

    private Task<IReadOnlyList<RegistrationKey>> KeysAsync() =>
        Task.FromResult(new KeyStore(DataDirectory.Open(_folder["data"]), TimeProvider.System).All);

    private Task<(int Code, string Out, string Error)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    private async Task<(int Code, string Out, string Error)> RunAsync((string Name, string Value)[] settings, string[] arguments)
    {
        var config = _folder["settings.json"];
        var given = settings.Append(("HEALTHMCP_DATA_DIR", _folder["data"])).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal);
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(given));
        var (output, error) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var terminal = new Terminal(TextReader.Null, output, error, false, () => Stream.Null, () => Stream.Null);
        var code = await new CommandLine(terminal).RunAsync(["keys", .. arguments, "--config", config]);
        return (code, output.ToString(), error.ToString());
    }
}
