using HealthMcp.Cli;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.HouseRules;

/// <summary>What the README says of tools and settings is what the program has.</summary>
public sealed class ReadmeTests
{
    private const string Begin = "<!-- tools:begin -->\n";
    private const string End = "<!-- tools:end -->";

    [Fact]
    public void The_tool_table_is_the_one_that_the_program_prints()
    {
        using var app = OneApp.Build();
        var path = Path.Combine(Repository.Root, "README.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var table = ToolTable.Markdown(app.Tools.All.Select(t => t.Definition));
        if (Environment.GetEnvironmentVariable("HEALTHMCP_UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, text[..from] + table + text[to..]);

        table.ShouldBe(text[from..to], "run the tests once with HEALTHMCP_UPDATE_SNAPSHOTS=1 and commit the README");
    }
}
