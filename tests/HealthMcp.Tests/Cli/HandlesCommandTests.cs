using HealthMcp.Audit;
using HealthMcp.Cli;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Cli;

/// <summary><c>handles count</c> and <c>handles forget</c> as an operator runs them.</summary>
public sealed class HandlesCommandTests : IDisposable
{
    private const string System = "sandbox:patients";

    private readonly TempFolder _folder = new();
    private readonly TempFolder _settings = new();

    public HandlesCommandTests() => File.WriteAllText(_settings["settings.json"], $$"""{"HEALTHMCP_DATA_DIR":"{{_folder.Path}}"}""");

    public void Dispose()
    {
        _folder.Dispose();
        _settings.Dispose();
    }

    [Fact]
    public async Task Counting_lists_nothing()
    {
        var handle = Mint("20-4711");

        var (code, said, _) = await RunAsync(null, "count");

        code.ShouldBe(Exit.Done);
        said.ShouldBe("1 handles; 1 values remembered of 1 persons.");
        said.ShouldNotContain(handle);
    }

    [Fact]
    public async Task One_handle_is_forgotten_for_good_and_audited_without_naming_anyone()
    {
        var (handle, kept) = (Mint("20-4711"), Mint("20-4712"));

        (await RunAsync(null, "forget", handle.ToUpperInvariant(), "--yes")).ShouldBe((Exit.Done, "1 forgotten.", ""));
        (await RunAsync(null, "forget", handle, "--yes")).ShouldBe((Exit.ToolError, "", HandleResolution.Refusal));

        Open().Resolve(handle, "pt", System).IsFound.ShouldBeFalse();
        Open().Resolve(kept, "pt", System).IsFound.ShouldBeTrue();
        var audit = await File.ReadAllTextAsync(_folder[AuditLog.FileName]);
        audit.Split("handles_forget").Length.ShouldBe(5, "each of the two runs is recorded before and after");
        foreach (var secret in new[] { handle, handle.ToUpperInvariant(), "20-4711", "Okonkwo" }) audit.ShouldNotContain(secret);
        new AuditVerifier(DataDirectory.Open(_folder.Path), Keys(), Entropy.System, TimeProvider.System).Verify().IsIntact.ShouldBeTrue();
    }

    [Fact]
    public async Task A_person_takes_along_what_was_read_in_the_record()
    {
        var handle = Mint("20-4711");
        Open().MintAll([new(System, "vit", "v1"), new(System, "vit", "v2")], owner: new HandleRequest(System, "pt", "20-4711"));

        (await RunAsync(null, "forget", "--patient", handle, "--yes")).ShouldBe((Exit.Done, "3 forgotten.", ""));
        Open().Count().ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Everything_goes_only_when_someone_agrees()
    {
        Mint("20-4711");

        (await RunAsync(null, "forget", "--all")).Code.ShouldBe(Exit.BadUsage);
        (await RunAsync("n\n", "forget", "--all")).Code.ShouldBe(Exit.Done);
        Open().Count().Handles.ShouldBe(1);
        (await RunAsync("yes\n", "forget", "--all")).Said.ShouldEndWith("1 forgotten.");
        Open().Count().Handles.ShouldBe(0);
    }

    [Theory]
    [InlineData("forget", "--yes")]
    [InlineData("forget", "pt_x", "--all", "--yes")]
    [InlineData("forget", "--patient", "pt_x", "--all", "--yes")]
    public async Task What_to_forget_is_said_in_one_way(params string[] arguments) => (await RunAsync(null, arguments)).Code.ShouldBe(Exit.BadUsage);

    [Fact]
    public async Task Without_an_audit_line_nothing_is_forgotten()
    {
        var handle = Mint("20-4711");
        Directory.CreateDirectory(_folder[AuditLog.FileName]);

        (await RunAsync(null, "forget", handle, "--yes")).Code.ShouldBe(Exit.CannotStart);

        Open().Resolve(handle, "pt", System).IsFound.ShouldBeTrue();
    }

    private async Task<(int Code, string Said, string Error)> RunAsync(string? typed, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(typed ?? "");
        var terminal = new Terminal(input, output, error, typed is not null, () => Stream.Null, () => Stream.Null);
        var code = await new CommandLine(terminal).RunAsync(["handles", .. arguments, "--config", _settings["settings.json"]]);
        return (code, output.ToString().TrimEnd(), error.ToString().TrimEnd());
    }

    private string Mint(string id) =>
        Open().MintAll([new(System, "pt", id)], [new(new(System, "pt", id), [new(LabelFields.LastName, FieldClass.Name, "Okonkwo")])])[0];

    private KeyFile Keys() => KeyFile.OpenOrCreate(DataDirectory.Open(_folder.Path), Entropy.System, TimeProvider.System);

    private HandleVault Open() => HandleVault.Open(DataDirectory.Open(_folder.Path), Keys(), Entropy.System);
}
