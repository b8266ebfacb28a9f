using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>Lists of a deployment's own: what they add, what they keep, and when they stop the start.</summary>
public sealed class LexiconFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lexicons").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("given.txt", "Qwendyl", "then Qwendyl rested", "then [name] rested")]
    [InlineData("surnames.txt", "# ours\nZzyxbury # rare\n", "then Zzyxbury rested", "then [name] rested")]
    [InlineData("towns.txt", "Low Quarry", "near Low Quarry then", "near [city] then")]
    [InlineData("organisations.txt", "Green Bench", "the Green Bench wrote", "the [facility] wrote")]
    [InlineData("keep.txt", "Karen", "then Karen rested", "then Karen rested")]
    [InlineData("keep.txt", "Karen Williams", "the Karen Williams protocol", "the Karen Williams protocol")]
    public void A_list_is_added_to_those_shipped(string file, string content, string text, string scrubbed)
    {
        File.WriteAllText(Path.Combine(_folder, file), content);
        var problems = new List<string>();
        var lexicon = LexiconFolder.Read(_folder, problems);
        problems.ShouldBeEmpty();
        new Scrubber(lexicon).Scrub(text, Redaction.NewSession()).ShouldBe(scrubbed);
    }

    [Fact]
    public void What_is_kept_goes_when_the_record_says_that_it_is_a_name()
    {
        File.WriteAllText(Path.Combine(_folder, "keep.txt"), "Karen");
        var session = Redaction.NewSession();
        session.Known.Add(FieldClass.Name, "Karen Quill");
        new Scrubber(LexiconFolder.Read(_folder, [])).Scrub("then Karen rested", session).ShouldBe("then [name] rested");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() => Problem(Path.Combine(_folder,
        "none")).ShouldBe("HEALTHMCP_LEXICONS must name a folder that exists.");

    [Theory]
    [InlineData("given.txt", new byte[] { 0x4A, 0xFF, 0xFE })]
    [InlineData("keep.txt", new byte[] { 0xC3 })]
    public void A_file_that_is_no_text_is_refused_by_its_name(string file, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(_folder, file), content);
        Problem(_folder).ShouldContain(file);
    }

    [Fact]
    public void An_entry_without_a_letter_is_refused_by_its_line()
    {
        File.WriteAllText(Path.Combine(_folder, "towns.txt"), "Quarry\n---\n");
        Problem(_folder).ShouldContain("towns.txt, line 2");
    }

    private static string Problem(string folder)
    {
        var problems = new List<string>();
        LexiconFolder.Read(folder, problems).ShouldBeSameAs(Lexicon.Default);
        return problems.ShouldHaveSingleItem();
    }
}
