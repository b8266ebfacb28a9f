using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

/// <summary>Nothing half done, switched off or bound to one machine is left in the files.</summary>
public sealed partial class TextRuleTests
{
    // NuGet writes these itself, and without a newline at the end.
    private const string LockFile = "packages.lock.json";

    // Put together, so that this file does not contain what it looks for.
    private static readonly Regex Unfinished = new(@"\b(?:TO" + @"DO|FIX" + @"ME)\b", RegexOptions.NonBacktracking);
    private static readonly Regex MachinePath =
        new(@"(?:^|[^\w.~-])/(?:wo" + @"rk|ro" + @"ot|ho" + @"me|Us" + @"ers)/\w|[A-Z]:\\Us" + @"ers\\", RegexOptions.Multiline | RegexOptions.NonBacktracking);

    private static IReadOnlyList<SourceFile> Code => [.. Repository.CSharp("src/"), .. Repository.CSharp("tests/")];

    [Fact]
    public void Nothing_is_marked_unfinished() => Found(Repository.Files, f => Unfinished.Matches(f.Text)).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_unimplemented_and_no_test_is_skipped() => Found(Code, f => LeftOut().Matches(f.Code)).ShouldBeEmpty();

    /// <summary>The one reason to leave a test out is a database that is not there; the step that brings one counts what was left out as failed.</summary>
    [Fact]
    public void Only_tests_that_need_a_database_may_be_left_out_and_never_where_there_is_one()
    {
        Code.Where(f => OverridesLeavingOut().IsMatch(f.Code)).Select(f => f.Path).Order(StringComparer.Ordinal).ShouldBe(
        [
            "tests/HealthMcp.EndToEndTests/ManyMachines/DatabaseFactAttribute.cs", "tests/HealthMcp.Tests/Storage/Stores/StoreAttributes.cs",
        ]);
        Repository.Read(".ci/run").ShouldContain("step postgres .ci/postgres");
        Repository.Read(".ci/postgres").ShouldContain("failed=$((failed + f + s))");
    }

    [Fact]
    public void No_file_names_a_path_of_a_machine() => Found(Repository.Files, f => MachinePath.Matches(f.Text)).ShouldBeEmpty();

    [Fact]
    public void Every_file_ends_with_a_newline() =>
        Repository.Files.Where(f => f.Name != LockFile && f.Text.Length > 0 && !f.Text.EndsWith('\n')).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void Every_disabled_warning_says_why() => Code.SelectMany(f => Unexplained(f.Text).Select(line => $"{f.Path}:{line}")).ShouldBeEmpty();

    [Theory]
    [InlineData("HealthMcp")]
    [InlineData("HealthMcp.Sandbox")]
    public void Banned_symbols_are_wired_in(string project)
    {
        Repository.Read($"src/{project}/{project}.csproj").ShouldContain("""<AdditionalFiles Include="..\BannedSymbols.txt" />""");
        Repository.Read("Directory.Build.props").ShouldContain("""<PackageReference Include="Microsoft.CodeAnalysis.BannedApiAnalyzers" """);
        Repository.Read(".editorconfig").ShouldContain("dotnet_diagnostic.RS0030.severity = error");
    }

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("M:System.Net.Http.HttpClient.#ctor")]
    [InlineData("M:System.Console.WriteLine(System.String)")]
    public void What_must_be_banned_is(string symbol) => Repository.Read("src/BannedSymbols.txt").ShouldContain($"{symbol};");

    [Fact]
    public void The_rules_find_what_they_look_for()
    {
        Unfinished.IsMatch("// TO" + "DO later").ShouldBeTrue();
        MachinePath.IsMatch("see /ho" + "me/someone/file").ShouldBeTrue();
        MachinePath.IsMatch("https://example.org/ho" + "me/page").ShouldBeFalse();
        LeftOut().IsMatch("throw new NotImplementedException();").ShouldBeTrue();
        LeftOut().IsMatch("rows.Skip(1)").ShouldBeFalse();
        Unexplained("#pragma " + "warning disable CA1000\n").ShouldBe([1]);
        Unexplained("#pragma " + "warning disable CA1000 // because\n").ShouldBeEmpty();
        Unexplained("// because\n#pragma " + "warning disable CA1000\n").ShouldBeEmpty();
    }

    private static IEnumerable<string> Found(IEnumerable<SourceFile> files, Func<SourceFile, MatchCollection> look) =>
        files.SelectMany(f => look(f).Select(m => $"{f.Path}:{f.LineOf(m.Index)} {m.Value.Trim()}"));

    private static IEnumerable<int> Unexplained(string text)
    {
        var lines = text.Split('\n');
        return Enumerable.Range(0, lines.Length)
            .Where(i => Pragma().IsMatch(lines[i])
                && !lines[i].Contains("//", StringComparison.Ordinal)
                && !(i > 0 && lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal)))
            .Select(i => i + 1);
    }

    [GeneratedRegex(@"\bNotImplementedException\b|\bSkip\s*=[^=>]")]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"\boverride\s+string\?\s+Skip\b")]
    private static partial Regex OverridesLeavingOut();

    [GeneratedRegex(@"^\s*#pragma\s+warning\s+disable\b")]
    private static partial Regex Pragma();
}
