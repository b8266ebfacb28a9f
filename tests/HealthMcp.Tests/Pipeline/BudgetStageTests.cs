using System.Text.Json;
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

    // The patient is looked for by the tool itself, so nothing is known of her before the write is sent.
    [Fact]
    public async Task A_write_that_was_sent_is_answered_beyond_the_limit_and_its_patient_is_counted()
    {
        await using var world = await World.StartAsync(
            ("HEALTHMCP_PATIENTS_PER_HOUR", "1"), ("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "all"));
        (await world.CallAsync("search_subjects", """{"firstName":"Justin","lastName":"Williams"}""")).IsError.ShouldBeFalse();

        var written = await world.CallAsync("record_vitals", Vitals);
        written.IsError.ShouldBeFalse(written.Text);
        var patient = Subjects(Lines(world, "record_vitals")[^1]).ShouldHaveSingleItem();

        // One more is refused, and she is known: her record costs nothing more.
        (await world.CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).ErrorCode.ShouldBe("budget_exceeded");
        var known = await world.CallAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""");
        known.IsError.ShouldBeFalse(known.Text);
        Subjects(Lines(world, "search_patients")[^1]).ShouldBe([patient]);
    }

    [Fact]
    public async Task Answers_about_nobody_and_further_records_of_one_patient_cost_nothing()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_PATIENTS_PER_HOUR", "1"), ("HEALTHMCP_TOOLSETS", "all"));
        (await world.CallAsync("list_definitions", """{"kind":"alert"}""")).IsError.ShouldBeFalse();
        var codes = await world.CallAsync("extract_codes", """{"text":"Type 2 diabetes mellitus.","system":{"name":"ICD-10-CM","version":"2025"}}""");
        codes.IsError.ShouldBeFalse(codes.Text);
        var marissa = (await world.CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First.GetProperty("id").GetString();
        var documents = await world.CallAsync("search_documents", $$"""{"subject":"{{marissa}}"}""");
        documents.IsError.ShouldBeFalse(documents.Text);
        foreach (var document in documents.Data.EnumerateArray().Take(4))
        {
            var read = await world.CallAsync("get_document", $$"""{"documentId":"{{document.GetProperty("id").GetString()}}"}""");
            read.ErrorCode.ShouldNotBe("budget_exceeded");
        }

        (await world.CallAsync("list_definitions", """{"kind":"tag"}""")).IsError.ShouldBeFalse();
        (await world.CallAsync("search_subjects", """{"firstName":"Justin","lastName":"Williams"}""")).ErrorCode.ShouldBe("budget_exceeded");
        (await world.CallAsync("list_definitions", """{"kind":"alert"}""")).IsError.ShouldBeFalse("nobody is told of anybody");
    }

    private const string Vitals =
        """{"patient_lookup":{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2026-03-10","pulse":70}""";

    private static List<string> Lines(World world, string tool) =>
    [
        .. File.ReadLines(Path.Combine(world.DataDirectory, "audit.jsonl"))
            .Where(line => line.Contains($"\"tool\":\"{tool}\"", StringComparison.Ordinal)),
    ];

    private static List<string?> Subjects(string line) =>
        [.. JsonElement.Parse(line).GetProperty("subjects").EnumerateArray().Select(one => one.GetString())];

    [Fact]
    public void Budgets_are_whole_numbers_or_none()
    {
        var problems = new List<string>();
        SettingWords.Budget(name => name.EndsWith("HOUR", StringComparison.Ordinal) ? "0" : "none", problems);
        problems.ShouldHaveSingleItem().ShouldStartWith("HEALTHMCP_PATIENTS_PER_HOUR must be");
    }
}
