using HealthMcp.Pipeline;
using HealthMcp.Tests.Support;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Approvals;

/// <summary>Whoever has no link, or the link and not the page, learns nothing and approves nothing.</summary>
public sealed class PageAttackTests : IAsyncLifetime
{
    private ApprovalWorld _world = null!;
    private Uri _page = null!;

    public async Task InitializeAsync()
    {
        _world = await ApprovalWorld.StartAsync();
        _page = await ApprovalWorld.LinkAsync(await _world.PlainAsync(), ApprovalWorld.Vitals(71));
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Every_link_that_is_not_right_gets_the_same_page()
    {
        var link = _page.Segments[^1];
        var nothing = await _world.Browser.GetAsync(new Uri(_page, new string('A', link.Length)));
        var guesses = Enumerable.Range(0, link.Length).Select(at => link[..at] + (link[at] == 'A' ? 'B' : 'A') + link[(at + 1)..])
            .Concat([link[..^1], link + "A", link.ToUpperInvariant(), "", "x", link + "=", "%20" + link, new string('-', 70)]);

        ((int)nothing.Status).ShouldBe(404);
        foreach (var guess in guesses)
        {
            var seen = await _world.Browser.GetAsync(new Uri(_page, guess.Length == 0 ? "./" : guess));
            (seen.Status, seen.Html).ShouldBe((nothing.Status, nothing.Html), guess);
        }
    }

    [Fact]
    public async Task Fetching_a_link_shows_nothing_of_the_patient_however_often()
    {
        for (var i = 0; i < 3; i++)
        {
            var fetched = await _world.Browser.GetAsync(_page);
            ((int)fetched.Status).ShouldBe(200);
            foreach (var word in (string[])[.. ApprovalWorld.Identifying, "seen at rest", "71"]) fetched.Html.ShouldNotContain(word, Case.Insensitive);
        }
    }

    [Fact]
    public async Task Only_the_browser_that_opened_it_first_sees_it()
    {
        using var second = new PageBrowser();
        var open = await _world.Browser.OpenAsync(_page);

        ((int)(await second.GetAsync(_page)).Status).ShouldBe(404);
        ((int)(await second.OpenAsync(_page)).Status).ShouldBe(404);
        ((int)(await second.AnswerAsync(_page, open, "approve")).Status).ShouldBe(404);
        (await _world.Browser.GetAsync(_page)).Html.ShouldContain("Marissa");
        await NotApprovedAsync();
    }

    [Theory]
    [InlineData("https://evil.example", "cross-site")]
    [InlineData("https://evil.example", "same-origin")]
    [InlineData("null", "cross-site")]
    [InlineData("null", "same-site")]
    [InlineData("null", "none")]
    [InlineData("null", null)]
    [InlineData(null, null)]
    [InlineData("http://127.0.0.1:1", null)]
    public async Task A_form_of_another_origin_is_not_taken(string? origin, string? site)
    {
        var open = await _world.Browser.OpenAsync(_page);

        var seen = await _world.Browser.PostAsync(_page, request => Origin(request, origin, site), ("action", "approve"), ("form", open.Form));

        ((int)seen.Status).ShouldBe(404);
        await NotApprovedAsync();
    }

    [Fact]
    public async Task A_browser_that_names_the_origin_is_believed()
    {
        var open = await _world.Browser.OpenAsync(_page);
        var origin = _page.GetLeftPart(UriPartial.Authority);

        var seen = await _world.Browser.PostAsync(_page, request => Origin(request, origin, null), ("action", "approve"), ("form", open.Form));

        seen.Html.ShouldContain("You approved");
    }

    [Theory]
    [InlineData("approve", "")]
    [InlineData("approve", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("write", null)]
    [InlineData("", null)]
    public async Task An_altered_form_is_not_taken(string action, string? form)
    {
        var open = await _world.Browser.OpenAsync(_page);

        var seen = await _world.Browser.PostAsync(_page, null, ("action", action), ("form", form ?? open.Form));

        ((int)seen.Status).ShouldBe(404);
        await NotApprovedAsync();
    }

    [Fact]
    public async Task A_form_that_is_too_large_or_no_form_is_not_taken()
    {
        var open = await _world.Browser.OpenAsync(_page);
        var large = await _world.Browser.PostAsync(_page, null, ("action", "approve"), ("form", open.Form), ("more", new string('x', 10_000)));
        var json = await _world.Browser.PostAsync(
            _page, request => request.Content = new StringContent("""{"action":"approve"}""", System.Text.Encoding.UTF8, "application/json"));

        ((int)large.Status).ShouldBe(404);
        ((int)json.Status).ShouldBe(404);
        await NotApprovedAsync();
    }

    [Fact]
    public async Task A_name_that_was_rebound_to_this_machine_is_not_served()
    {
        var seen = await _world.Browser.GetAsync(_page, request => request.Headers.Host = $"evil.example:{_page.Port}");

        ((int)seen.Status).ShouldBe(404);
    }

    [Fact]
    public async Task Answering_twice_changes_nothing()
    {
        var open = await _world.Browser.OpenAsync(_page);
        await _world.Browser.AnswerAsync(_page, open, "decline");
        var twice = await _world.Browser.AnswerAsync(_page, open, "approve");

        twice.Html.ShouldContain("You declined");
        var client = await _world.PlainAsync();
        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).ErrorCode.ShouldBe("approval_declined");
    }

    [Fact]
    public async Task Of_many_calls_at_once_after_an_approval_one_writes()
    {
        await _world.Browser.ApproveAsync(_page);
        var client = await _world.PlainAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))));

        replies.ShouldAllBe(reply => reply.Write("status") == "done");
        _world.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task Pages_load_nothing_are_framed_by_nobody_and_kept_nowhere()
    {
        var open = await _world.Browser.OpenAsync(_page);
        foreach (var seen in new[] { open, await _world.Browser.GetAsync(_page), await _world.Browser.GetAsync(new Uri(_page, "x")) })
        {
            seen.Headers["Cache-Control"].ShouldBe("no-store");
            seen.Headers["Referrer-Policy"].ShouldBe("no-referrer");
            seen.Headers["X-Frame-Options"].ShouldBe("DENY");
            seen.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'; style-src 'sha256-");
            foreach (var part in new[] { "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'" })
                seen.Headers["Content-Security-Policy"].ShouldContain(part);
            foreach (var word in new[] { "<script", "javascript:", "src=", "href=", "http-equiv", "@import", "url(" }) seen.Html.ShouldNotContain(word);
            System.Text.RegularExpressions.Regex.IsMatch(seen.Html, @"\son[a-z]+\s*=").ShouldBeFalse();
        }
    }

    [Fact]
    public void What_shows_nothing_or_turns_the_reading_direction_is_written_out()
    {
        HealthMcp.Approvals.PageText.Value("5\u202Egm\u200B<b>").ShouldBe(
            "5<span class=\"odd\">U+202E</span>gm<span class=\"odd\">U+200B</span>&lt;b&gt;");
        HealthMcp.Approvals.PageText.Name("provider.firstName").ShouldBe("Provider › first name".Replace("›", "&#x203A;", StringComparison.Ordinal));
        HealthMcp.Approvals.PageText.Name("date_taken").ShouldBe("Date taken");
    }

    private static void Origin(HttpRequestMessage request, string? origin, string? site)
    {
        request.Headers.Remove("Origin");
        request.Headers.Remove("Sec-Fetch-Site");
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
    }

    private async Task NotApprovedAsync()
    {
        var client = await _world.PlainAsync();
        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Write("status").ShouldBe("approval_needed");
        _world.Sent.ShouldBe(0);
    }
}
