using HealthMcp.Pipeline;
using HealthMcp.Tests.Support;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Approvals;

/// <summary>A model that can press buttons, and does not know the code.</summary>
public sealed class ApprovalCodeTests
{
    private const string Code = "north-wind-7";

    [Fact]
    public async Task Without_the_code_nothing_is_shown_and_with_it_all()
    {
        await using var world = await ApprovalWorld.StartAsync(("HEALTHMCP_APPROVAL_CODE", Code));
        var client = await world.PlainAsync();
        var page = await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71));
        foreach (var seen in new[] { await world.Browser.GetAsync(page), await world.Browser.OpenAsync(page), await world.Browser.OpenAsync(page, "guess") })
            foreach (var word in ApprovalWorld.Identifying) seen.Html.ShouldNotContain(word);

        (await world.Browser.OpenAsync(page, Code)).Html.ShouldContain("Marissa");
    }

    [Fact]
    public async Task A_few_wrong_codes_end_a_link_also_for_the_right_one()
    {
        await using var world = await ApprovalWorld.StartAsync(("HEALTHMCP_APPROVAL_CODE", Code));
        var client = await world.PlainAsync();
        var page = await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71));
        for (var i = 0; i < ApprovalDesk.MostWrongCodes; i++) await world.Browser.OpenAsync(page, $"guess {i}");

        ((int)(await world.Browser.OpenAsync(page, Code)).Status).ShouldBe(404);
    }

    [Fact]
    public async Task Ever_new_links_buy_no_further_tries()
    {
        await using var world = await ApprovalWorld.StartAsync(("HEALTHMCP_APPROVAL_CODE", Code));
        var client = await world.PlainAsync();
        for (var tried = 0; tried < CodeTries.Most; tried++)
        {
            var page = await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(60 + (tried / ApprovalDesk.MostWrongCodes)));
            await world.Browser.OpenAsync(page, "guess");
        }

        var last = await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(90));
        ((int)(await world.Browser.OpenAsync(last, Code)).Status).ShouldBe(429);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_code_that_is_too_short_or_too_long_stops_the_start(string code)
    {
        var problems = new List<string>();
        SettingWords.ApprovalCode(code, problems);

        problems.ShouldHaveSingleItem().ShouldNotContain(code);
    }
}
