namespace HealthMcp.Tests.HouseRules;

/// <summary>Files and methods stay small enough to be read at one sitting.</summary>
public sealed class SizeTests
{
    private const int LongestFile = 300;
    private const int LongestMethod = 50;
    private const int LongestProgram = 40;
    private const int LongestLine = 160;

    // A literal longer than this may stand on one line: a pattern or a JSON text is easier to read whole.
    private const int LongestBrokenLiteral = 100;

    private static readonly string[] DataFolders = ["/Data/", "/Tables/", "/Seeds/"];

    private static IReadOnlyList<SourceFile> Sources => [.. Repository.CSharp("src/").Where(f => !IsTable(f))];

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Sources.Concat(Repository.CSharp("tests/")).Where(f => f.Lines > LongestFile).Select(f => $"{f.Path}: {f.Lines} lines").ShouldBeEmpty();

    [Fact]
    public void Half_of_the_source_files_have_at_most_60_lines() => Percentile(Sources.Select(f => f.Lines), 0.5).ShouldBeLessThanOrEqualTo(60);

    [Fact]
    public void Nine_in_ten_source_files_have_at_most_150_lines() => Percentile(Sources.Select(f => f.Lines), 0.9).ShouldBeLessThanOrEqualTo(150);

    [Fact]
    public void Program_has_at_most_40_lines() => Sources.Single(f => f.Path == "src/HealthMcp/Program.cs").Lines.ShouldBeLessThanOrEqualTo(LongestProgram);

    [Fact]
    public void No_line_is_longer_than_160_characters() =>
        Repository.CSharp("src/")
            .Concat(Repository.CSharp("tests/"))
            .Where(f => !IsTable(f) && !f.Name.EndsWith("Patterns.cs", StringComparison.Ordinal))
            .SelectMany(f => TooLong(f).Select(line => $"{f.Path}:{line}"))
            .ShouldBeEmpty();

    [Fact]
    public void A_long_literal_excuses_its_line_and_a_long_comment_does_not()
    {
        TooLong(new SourceFile("A.cs", $"var a = \"{new string('x', 160)}\";\n")).ShouldBeEmpty();
        TooLong(new SourceFile("A.cs", $"var a = \"{new string('x', 80)}\" + \"{new string('x', 80)}\";\n")).ShouldBe([1]);
        TooLong(new SourceFile("A.cs", $"a;\n// {new string('x', 160)}\n")).ShouldBe([2]);
        TooLong(new SourceFile("A.cs", $"a;\n{new string('x', 161)}\n{new string('x', 160)}\n")).ShouldBe([2]);
    }

    [Fact]
    public void No_member_is_longer_than_50_lines() =>
        Repository.CSharp("src/")
            .SelectMany(f => MemberScanner.Of(f).Where(m => m.Lines > LongestMethod).Select(m => $"{f.Path}:{m.Line} {m.Name}: {m.Lines} lines"))
            .ShouldBeEmpty();

    [Fact]
    public void Half_of_the_methods_have_at_most_10_lines() =>
        Percentile(Repository.CSharp("src/").SelectMany(MemberScanner.Of).Where(m => m.IsMethod).Select(m => m.Lines), 0.5).ShouldBeLessThanOrEqualTo(10);

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(0.9, 5)]
    [InlineData(0.0, 1)]
    public void Percentile_is_the_smallest_value_that_covers_the_share(double share, int value) => Percentile([5, 1, 4, 2, 3], share).ShouldBe(value);

    // Rows of data are as many as the facts are; the code that reads them stands in a file of its own.
    private static bool IsTable(SourceFile file) =>
        DataFolders.Any(f => file.Path.Contains(f, StringComparison.Ordinal)) || file.Name.EndsWith("Table.cs", StringComparison.Ordinal);

    // The mask leaves blanks where a literal stood; code has no such stretch of them.
    private static IEnumerable<int> TooLong(SourceFile file)
    {
        var literal = new string(' ', LongestBrokenLiteral);
        var code = file.Code.Split('\n');
        return file.Text.Split('\n')
            .Select((line, at) => (Line: line, Code: code[at], Number: at + 1))
            .Where(l => l.Line.Length > LongestLine)
            .Where(l => l.Line.TrimStart().StartsWith("//", StringComparison.Ordinal) || !l.Code.Contains(literal, StringComparison.Ordinal))
            .Select(l => l.Number);
    }

    private static int Percentile(IEnumerable<int> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }
}
