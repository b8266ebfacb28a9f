using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Core;

/// <summary>Words that are looked for in records confirm no name where names are withheld.</summary>
public sealed class NameWordsTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Theory]
    [InlineData("\"searchTerm\":\"jones\"")]
    [InlineData("\"searchTerm\":\"carcinoma Marissa\"")]
    [InlineData("\"searchTerm\":\"MARISSA\",\"searchTermMode\":\"lexical\"")]
    [InlineData("\"code\":\"Jones\"")]
    public async Task A_name_is_refused_beside_a_handle(string words)
    {
        var reply = await fixture.CallAsync("get_clinical_concepts", $$"""{"subject":"{{await SubjectAsync()}}","kinds":["encounter"],{{words}}}""");

        reply.ErrorCode.ShouldBe("question_withheld");
        reply.Content.GetRawText().ShouldNotContain("jones", Case.Insensitive);
    }

    [Fact]
    public async Task The_refusal_does_not_depend_on_whose_name_it_is()
    {
        var replies = new List<string>();
        foreach (var name in new[] { "jones", "smith", "marissa", "okonkwo" })
        {
            var question = $$"""{"subject":"{{await SubjectAsync()}}","kinds":["encounter"],"searchTerm":"{{name}}"}""";
            var reply = await fixture.CallAsync("get_clinical_concepts", question);
            if (reply.IsError) replies.Add(reply.Content.GetRawText());
        }

        replies.Count.ShouldBeGreaterThan(1);
        replies.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_label_is_no_name_either() =>
        (await fixture.CallAsync("search_subjects", """{"labels":["trial","jones"]}""")).ErrorCode.ShouldBe("question_withheld");

    [Theory]
    [InlineData("breast cancer")]
    [InlineData("Hodgkin lymphoma")]
    [InlineData("metformin")]
    public async Task Clinical_words_are_looked_for(string words)
    {
        var question = $$"""{"subject":"{{await SubjectAsync()}}","kinds":["condition"],"searchTerm":"{{words}}"}""";

        (await fixture.CallAsync("get_clinical_concepts", question)).IsError.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_sees_names_may_look_for_them()
    {
        using var identified = fixture.World.Build(("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        var question = $$"""{"subject":"{{await SubjectAsync()}}","kinds":["encounter"],"searchTerm":"jones"}""";

        (await fixture.World.CallAsync("get_clinical_concepts", question, identified)).IsError.ShouldBeFalse();
        var limited = question[..^1] + ",\"privacy\":\"limited\"}";
        (await fixture.World.CallAsync("get_clinical_concepts", limited, identified)).ErrorCode.ShouldBe("question_withheld");
    }

    private async Task<string> SubjectAsync() =>
        (await fixture.CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First.GetProperty("id").GetString()!;
}
