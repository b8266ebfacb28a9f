using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

/// <summary>Names say what a thing is, and interfaces stand only where there is a choice.</summary>
public sealed partial class NameTests
{
    private static readonly string[] RootFiles = ["Program.cs", "Composition.cs", "App.cs", "Settings.cs", "SettingWords.cs", "Instructions.cs"];

    /// <summary>Interfaces of the design whose implementations are still being written. Take a name off as soon as it has two.</summary>
    private static readonly string[] Awaited = [];

    [Fact]
    public void No_type_or_file_is_called_Manager_Helper_or_Utils() =>
        Code.SelectMany(f => f.Types.Select(t => t.Name)
            .Append(Path.GetFileNameWithoutExtension(f.Name))
            .Where(n => Vague().IsMatch(n))
            .Select(n => $"{f.Path}: {n}"))
            .Distinct(StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_interface_has_two_implementations() =>
        Interfaces.Where(i => !Awaited.Contains(i, StringComparer.Ordinal) && Implementations(i) < 2).Select(i => $"{i}: {Implementations(i)}").ShouldBeEmpty();

    [Fact]
    public void No_awaited_interface_has_its_two_implementations_already() =>
        Awaited.Where(i => Implementations(i) >= 2).ShouldBeEmpty("take these off the list");

    [Fact]
    public void Every_source_file_lies_in_a_folder_of_the_layout() =>
        Repository.CSharp("src/").Where(f => !InLayout(f.Path.Split('/'))).Select(f => f.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("TokenManager", true)]
    [InlineData("JsonHelpers", true)]
    [InlineData("Utils", true)]
    [InlineData("ManagerOfTokens", false)]
    [InlineData("Utilisation", false)]
    public void Vague_names_are_told_apart(string name, bool vague) => Vague().IsMatch(name).ShouldBe(vague);

    [Theory]
    [InlineData("class A : IThing { }", 1)]
    [InlineData("sealed record A(int B, string C) : Base<int>(B), IThing;", 1)]
    [InlineData("class A<T> : Dictionary<string, IThing> where T : IThing { }", 0)]
    [InlineData("struct A : IThing<int> { } class B : N.IThing { } interface IC : IThing { }", 2)]
    public void Implementations_are_counted(string text, int count) => Bases(new SourceFile("A.cs", text)).Count(b => b == "IThing").ShouldBe(count);

    private static IReadOnlyList<SourceFile> Code => [.. Repository.CSharp("src/"), .. Repository.CSharp("tests/")];

    private static IEnumerable<string> Interfaces => Repository.CSharp("src/").SelectMany(f => f.Types).Where(t => t.Kind == "interface").Select(t => t.Name);

    private static int Implementations(string name) => Code.SelectMany(Bases).Count(b => b == name);

    private static IEnumerable<string> Bases(SourceFile file) =>
        Declared().Matches(file.Code).SelectMany(m => WithoutBrackets(m.Groups["bases"].Value).Split(',')).Select(b => b.Trim().Split('.')[^1]);

    private static string WithoutBrackets(string text)
    {
        var shorter = Brackets().Replace(text, "");
        return shorter == text ? text : WithoutBrackets(shorter);
    }

    private static bool InLayout(string[] path) => path switch
    {
        ["src", "HealthMcp.Sandbox", _, ..] => true,
        ["src", "HealthMcp", "Upstreams", _, _, ..] => true,
        ["src", "HealthMcp", var file] => RootFiles.Contains(file, StringComparer.Ordinal),
        ["src", "HealthMcp", var folder, _, ..] => DependencyTable.Knows(folder),
        _ => false,
    };

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utility|Utilities)$")]
    private static partial Regex Vague();

    [GeneratedRegex(
        @"\b(class|struct|record)\s+[A-Z]\w*\s*(<[^>{;]*>)?\s*(\((?>[^()]+|(?<open>\()|(?<-open>\)))*(?(open)(?!))\))?\s*:(?<bases>[^{;]*?)(\bwhere\b|[{;])",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Declared();

    [GeneratedRegex(@"<[^<>]*>|\([^()]*\)")]
    private static partial Regex Brackets();
}
