using System.Text.RegularExpressions;
using HealthMcp.Cli;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Cli;

/// <summary><c>call</c> at a terminal where the operator has set an approval code: nothing but the code lets a write through.</summary>
public sealed partial class CallCodeTests : IDisposable
{
    private const string Code = "north-wind-7";
    private const string Vitals =
        """{"patient_lookup":{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2026-11-20","pulse":70}""";

    private readonly TempFolder _folder = new();
    private readonly TempFolder _settings = new();

    public CallCodeTests() => File.WriteAllText(_settings["settings.json"], $$"""
        {"HEALTHMCP_DATA_DIR":"{{_folder.Path}}","HEALTHMCP_WRITES":"approve","HEALTHMCP_APPROVAL_CODE":"{{Code}}","HEALTHMCP_TOOLSETS":"patients"}
        """);

    public void Dispose()
    {
        _folder.Dispose();
        _settings.Dispose();
    }

    [Fact]
    public async Task The_code_lets_the_write_through()
    {
        var (_, said) = await CallAsync(Vitals, Code);

        said.ShouldContain("status=done");
    }

    [Theory]
    [InlineData("")]
    [InlineData("y")]
    [InlineData("north-wind-8")]
    public async Task Nothing_else_does(string typed)
    {
        var (_, said) = await CallAsync(Vitals, typed);

        said.ShouldContain("status=preview");
        said.ShouldNotContain("status=done");
    }

    [Fact]
    public async Task The_confirmation_that_a_preview_printed_is_no_code()
    {
        var (_, preview) = await CallAsync(Vitals, "");
        var confirmation = Confirmation().Match(preview).Value;
        confirmation.ShouldNotBeEmpty();

        var (_, said) = await CallAsync($$"""{{Vitals[..^1]}},"confirmation":"{{confirmation}}"}""", "");

        said.ShouldContain("status=preview");
        said.ShouldNotContain("status=done");
    }

    private async Task<(int Code, string Said)> CallAsync(string arguments, string typed)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(typed + "\n");
        var terminal = new Terminal(input, output, error, true, () => Stream.Null, () => Stream.Null);
        var code = await new CommandLine(terminal).RunAsync(["call", "record_vitals", arguments, "--config", _settings["settings.json"]]);
        return (code, output + error.ToString());
    }

    [GeneratedRegex("cnf_[A-Za-z0-9_-]+")]
    private static partial Regex Confirmation();
}
