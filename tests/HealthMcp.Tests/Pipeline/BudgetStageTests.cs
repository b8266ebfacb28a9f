using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Pipeline;

/// <summary>What a caller meets who was told of as many patients as it may.</summary>
public sealed class BudgetStageTests
{
    [Fact]
    public async Task The_next_patient_is_refused_those_known_are_answered_and_the_line_shows_nothing()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_PATIENTS_PER_HOUR", "1"));
        var known = await world.CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""");
        known.IsError.ShouldBeFalse();

        var refused = await world.CallAsync("search_subjects", """{"firstName":"Justin","lastName":"Williams"}""");
        refused.ErrorCode.ShouldBe("budget_exceeded");
        refused.Text.ShouldContain("HEALTHMCP_PATIENTS_PER_HOUR");
        refused.Text.ShouldNotContain("subj_");
        var id = known.First.GetProperty("id").GetString();
        (await world.CallAsync("get_clinical_concepts", $$"""{"subject":"{{id}}","kinds":["condition"]}""")).IsError.ShouldBeFalse();

        var line = File.ReadAllLines(Path.Combine(world.DataDirectory, "audit.jsonl")).Single(l => l.Contains("budget_exceeded", StringComparison.Ordinal));
        line.ShouldContain("\"shown\":{}");
    }

    [Fact]
    public async Task A_patient_beyond_the_budget_is_refused_before_anything_is_sent()
    {
        await using var world = await World.StartAsync();
        var id = (await world.CallAsync("search_subjects", """{"firstName":"Justin","lastName":"Williams"}""")).First.GetProperty("id").GetString();
        using var held = world.Build(("HEALTHMCP_PATIENTS_PER_DAY", "1"));
        (await world.CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""", held)).IsError.ShouldBeFalse();

        (await world.CallAsync("get_clinical_concepts", $$"""{"subject":"{{id}}","kinds":["condition"]}""", held)).ErrorCode.ShouldBe("budget_exceeded");
        var line = File.ReadAllLines(Path.Combine(world.DataDirectory, "audit.jsonl")).Single(l => l.Contains("budget_exceeded", StringComparison.Ordinal));
        line.ShouldContain("\"endpoints\":[]");
    }

    [Fact]
    public void Budgets_are_whole_numbers_or_none()
    {
        var problems = new List<string>();
        SettingWords.Budget(name => name.EndsWith("HOUR", StringComparison.Ordinal) ? "0" : "none", problems);
        problems.ShouldHaveSingleItem().ShouldStartWith("HEALTHMCP_PATIENTS_PER_HOUR must be");
    }
}
