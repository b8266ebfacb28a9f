using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

public sealed partial class DependencyTests
{
    private const string Alias = "namespace HealthMcp.Catalog;\ninternal sealed record Endpoint(string Path);\n";

    [Fact]
    public void Every_folder_knows_only_what_the_table_allows() => new DependencyChecker(Repository.CSharp("src/"), Aliases()).Violations().ShouldBeEmpty();

    [Fact]
    public void The_sandbox_references_nothing_of_ours() =>
        Repository.Read("src/HealthMcp.Sandbox/HealthMcp.Sandbox.csproj").ShouldNotContain("ProjectReference");

    [Fact]
    public void The_project_gives_no_namespace_of_ours_to_every_file() =>
        ProjectUsing().Matches(Repository.Read("src/HealthMcp/HealthMcp.csproj")).Where(m => !m.Groups["alias"].Success).Select(m => m.Value).ShouldBeEmpty();

    [Theory]
    [InlineData("Http/A.cs", "using HealthMcp.Access;\nnamespace HealthMcp.Http;", "src/HealthMcp/Http/A.cs:1 Http may not know Access")]
    [InlineData("Http/A.cs", "using static HealthMcp.Access.ScopeSet;\nnamespace HealthMcp.Http;", "src/HealthMcp/Http/A.cs:1 Http may not know Access")]
    [InlineData("Http/A.cs", "namespace HealthMcp.Http;\nusing S = global::HealthMcp . Access.ScopeSet;", "src/HealthMcp/Http/A.cs:2 Http may not know Access")]
    [InlineData(
        "Privacy/A.cs",
        "namespace HealthMcp.Privacy;\nclass A { string B => $\"{HealthMcp.Catalog.Rows.At()}\"; }",
        "src/HealthMcp/Privacy/A.cs:2 Privacy may not know Catalog")]
    [InlineData("Privacy/A.cs", "namespace HealthMcp.Privacy;\nclass A { Catalog.Endpoint B; }", "src/HealthMcp/Privacy/A.cs:2 Privacy may not know Catalog")]
    [InlineData(
        "Privacy/A.cs",
        "namespace HealthMcp.Privacy;\nclass A { void B(Endpoint c) { } }",
        "src/HealthMcp/Privacy/A.cs:2 Privacy may not know Catalog")]
    [InlineData(
        "Upstreams/XCures/A.cs",
        "using HealthMcp.Upstreams.PhenoML;\nnamespace HealthMcp.Upstreams.XCures;",
        "src/HealthMcp/Upstreams/XCures/A.cs:1 Upstreams/XCures may not know Upstreams/PhenoML")]
    [InlineData("Pipeline/A.cs", "using HealthMcp.Http;\nnamespace HealthMcp.Pipeline;", "src/HealthMcp/Pipeline/A.cs:1 Pipeline may not know Http")]
    [InlineData("Hosting/A.cs", "using HealthMcp.Sandbox;\nnamespace HealthMcp.Hosting;", "src/HealthMcp/Hosting/A.cs:1 Hosting may not know Sandbox")]
    [InlineData("Program.cs", "using HealthMcp.Hosting;\nreturn 0;", "src/HealthMcp/Program.cs:1 Program may not know Hosting")]
    [InlineData("Helping/A.cs", "namespace HealthMcp.Helping;", "src/HealthMcp/Helping/A.cs: Helping has no row in the dependency table")]
    [InlineData("A.cs", "namespace HealthMcp;", "src/HealthMcp/A.cs: A has no row in the dependency table")]
    [InlineData("Upstreams/A.cs", "namespace HealthMcp.Upstreams;", "src/HealthMcp/Upstreams/A.cs: Upstreams has no row in the dependency table")]
    [InlineData("Audit/A.cs", "namespace HealthMcp.Catalog;", "src/HealthMcp/Audit/A.cs: its folder wants namespace HealthMcp.Audit")]
    [InlineData("Audit/A.cs", "global using System.Text;\nnamespace HealthMcp.Audit;", "src/HealthMcp/Audit/A.cs: a global using hides who knows whom")]
    public void A_planted_violation_is_found(string path, string text, string violation) => Violations(path, text).ShouldContain(violation);

    [Theory]
    [InlineData("Http/A.cs", "using HealthMcp.Catalog;\nusing HealthMcp.Storage;\nnamespace HealthMcp.Http;\nclass A { Endpoint B; }")]
    [InlineData("Privacy/A.cs", "namespace HealthMcp.Privacy.Json;\n// HealthMcp.Catalog\nclass A { string B = \"HealthMcp.Catalog\"; int Endpoint { get; } }")]
    [InlineData("Upstreams/XCures/A.cs", "using HealthMcp.Http;\nnamespace HealthMcp.Upstreams.XCures.Rows;")]
    [InlineData("Cli/A.cs", "using HealthMcp.Sandbox;\nusing HealthMcp.Upstreams.XCures;\nnamespace HealthMcp.Cli;")]
    [InlineData("Composition.cs", "using HealthMcp.Sandbox;\nnamespace HealthMcp;")]
    [InlineData("Program.cs", "using HealthMcp.Cli;\nreturn HealthMcp.Composition.Run();")]
    public void What_the_table_allows_passes(string path, string text) => Violations(path, text).ShouldBeEmpty();

    private static IReadOnlyList<string> Violations(string path, string text) =>
        new DependencyChecker([new SourceFile("src/HealthMcp/Catalog/Endpoint.cs", Alias), new SourceFile($"src/HealthMcp/{path}", text)],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Endpoint"] = "Catalog.Endpoint" }).Violations();

    private static Dictionary<string, string> Aliases() =>
        ProjectUsing().Matches(Repository.Read("src/HealthMcp/HealthMcp.csproj")).Where(m => m.Groups["alias"].Success)
            .ToDictionary(m => m.Groups["alias"].Value, m => m.Groups["name"].Value, StringComparer.Ordinal);

    [GeneratedRegex("""<Using\s+Include="HealthMcp\.(?<name>[\w.]+)"(\s+Alias="(?<alias>\w+)")?""", RegexOptions.ExplicitCapture)]
    private static partial Regex ProjectUsing();
}
