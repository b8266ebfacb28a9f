using HealthMcp.Prompts;

namespace HealthMcp.Tests.Prompts;

public sealed class FrontMatterTests
{
    private const string Good =
        """
        ---
        name: a_prompt
        title: A prompt
        description: 'It''s "quoted": with a colon'
        scopes: xcures/subjects.read phenoml/codes.read
        arguments:
          - name: one
            description: The one
            required: true
          - name: two
            description: The other
            required: false
        ---

        Do {{one}} and {{two}}.
        """;

    [Fact]
    public void Reads_all_that_a_file_says()
    {
        var template = FrontMatter.Read(Good);
        template.Name.ShouldBe("a_prompt");
        template.Title.ShouldBe("A prompt");
        template.Description.ShouldBe("It's \"quoted\": with a colon");
        template.Scopes.ShouldBe(["xcures/subjects.read", "phenoml/codes.read"]);
        template.Arguments.ShouldBe([new TemplateArgument("one", "The one", true), new TemplateArgument("two", "The other", false)]);
        template.Body.ShouldBe("Do {{one}} and {{two}}.\n");
    }

    [Fact]
    public void Takes_line_ends_of_Windows() => FrontMatter.Read(Good.ReplaceLineEndings("\r\n")).Body.ShouldBe("Do {{one}} and {{two}}.\n");

    [Theory]
    [InlineData("---\nname", "name")]
    [InlineData("title: A prompt\n", "")]
    [InlineData("title: A prompt", "title: [A, prompt]")]
    [InlineData("title: A prompt", "title: A prompt\ntitle: Twice")]
    [InlineData("title: A prompt", "author: someone")]
    [InlineData("title: A prompt", "title:")]
    [InlineData("    required: true", "    required: yes")]
    [InlineData("    required: true", "    default: x")]
    [InlineData("    required: true\n", "")]
    [InlineData("  - name: one", "    name: one")]
    [InlineData("name: two", "name: one")]
    [InlineData("and {{two}}", "")]
    [InlineData("and {{two}}", "and {{two}} and {{three}}")]
    public void Refuses_what_it_does_not_understand(string part, string instead) =>
        Should.Throw<FormatException>(() => FrontMatter.Read(Good.ReplaceLineEndings("\n").Replace(part, instead, StringComparison.Ordinal)));
}
