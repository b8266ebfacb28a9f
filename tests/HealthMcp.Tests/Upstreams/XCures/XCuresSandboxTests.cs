using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>The xCures tools through a real MCP client, against the sandbox.</summary>
public sealed class XCuresSandboxTests
{
    [Fact]
    public async Task From_a_name_to_one_concept_by_handles_alone()
    {
        await using var world = await World.StartAsync();
        var client = await world.ConnectAsync();

        var found = await client.ReplyAsync("search_subjects", """{"firstName":"marissa","lastName":"jones"}""");
        var subject = found.Data.EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString();
        var listed = await client.ReplyAsync("get_clinical_concepts", $$"""{"subject":"{{subject}}","kinds":["condition","medication"]}""");
        var concept = listed.Data.GetProperty("condition")[0].GetProperty("id").GetString();
        var one = await client.ReplyAsync("get_clinical_concepts", $$"""{"subject":"{{subject}}","kinds":["condition"],"id":"{{concept}}"}""");

        subject.ShouldNotBeNull().ShouldStartWith("subj_");
        concept.ShouldNotBeNull().ShouldStartWith("cc_");
        one.IsError.ShouldBeFalse(one.Text);
        one.Data.GetProperty("condition").GetProperty("id").GetString().ShouldBe(concept);
        found.Text.ShouldNotContain("Marissa", Case.Insensitive);
    }

    [Fact]
    public async Task Part_of_a_name_finds_nothing_and_says_what_was_searched()
    {
        await using var world = await World.StartAsync();

        var reply = await world.CallAsync("search_subjects", """{"firstName":"Mar","lastName":"Jon"}""");

        reply.Data.GetArrayLength().ShouldBe(0);
        reply.Notices[0].ShouldContain("Searched: Subjects of one sandbox xCures project, by firstName, lastName (matched in full)");
    }
}
