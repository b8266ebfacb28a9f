using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Approvals;

/// <summary>What a person is warned of on the page, and a model is not: it would tell the birth date, or what is in the chart.</summary>
public sealed class ClinicalWarningTests
{
    [Theory]
    [InlineData("record_vitals", "\"date_taken\":\"2026-11-20\",\"pulse\":77")]
    [InlineData("record_allergy", "\"allergy_definition\":\"Penicillin\",\"reaction\":\"Hives\",\"severity\":\"mild\"")]
    [InlineData("record_problem", "\"disease_definition\":\"Hypothyroidism, unspecified\",\"patient_note\":\"second entry\"")]
    [InlineData("record_medication", "\"med_descript\":\"Vitamin D3\",\"dosage\":\"1000 IU\"")]
    [InlineData("log_communication", "\"communication_datetime\":\"2026-01-05T10:00:00Z\",\"mode\":\"phone\",\"note\":\"Asked for a copy.\"")]
    public async Task An_equal_record_of_the_last_day_is_told_to_the_person_alone(string tool, string fields)
    {
        await using var world = await ApprovalWorld.StartAsync();
        using var other = world.World.Build(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "patients"));
        var client = await world.PlainAsync();
        var patient = (await client.ReplyAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First.GetProperty("id").GetString();
        var call = $$"""{"patient":"{{patient}}",{{fields}}}""";
        var first = await client.ReplyAsync(tool, call);
        (await world.World.CallAsync(tool, call, other)).IsError.ShouldBeFalse();
        var second = await (await world.PlainAsync("ben")).ReplyAsync(tool, call);

        const string Warning = "with the same values was stored within the last 24 hours";
        using var stranger = new PageBrowser();
        (await stranger.OpenAsync(new Uri(first.Write("link")))).Html.ShouldNotContain(Warning);
        (await world.Browser.OpenAsync(new Uri(second.Write("link")))).Html.ShouldContain(Warning);
        second.Text.ShouldNotContain(Warning);
    }

    [Fact]
    public async Task A_childs_vital_signs_are_held_against_the_childs_age_and_only_the_page_says_so()
    {
        await using var world = await ApprovalWorld.StartAsync();
        using var other = world.World.Build(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "patients"));
        const string Tim = "\"first_name\":\"Tim\",\"last_name\":\"Small\",\"date_of_birth\":\"2024-03-01\"";
        (await world.World.CallAsync("create_patient", $$"""{{{Tim}}}""", other)).IsError.ShouldBeFalse();
        var call = $$"""{"patient_lookup":{{{Tim}}},"date_taken":"2026-11-20","pulse":60}""";

        var asked = await (await world.PlainAsync()).ReplyAsync("record_vitals", call);

        (await world.Browser.OpenAsync(new Uri(asked.Write("link")))).Html.ShouldContain("pulse is low for a toddler: below 98.");
        asked.Content.GetRawText().ShouldNotContain("toddler");
    }
}
