using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Approvals;

/// <summary>A write that waits for a person, as a client without any way to ask its user meets it.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public async Task What_a_person_approved_is_written_once_and_only_the_page_says_whose_record_it_is()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var client = await world.PlainAsync();
        var asked = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        var page = new Uri(asked.Write("link"));
        var open = await world.Browser.OpenAsync(page);
        world.Sent.ShouldBe(0);
        var approved = await world.Browser.AnswerAsync(page, open, "approve");
        var written = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        var again = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));

        foreach (var word in (string[])[.. ApprovalWorld.Identifying, "Patients", "sandbox", "Pulse", "71", "seen at rest", "record_vitals"])
            open.Html.ShouldContain(word);
        approved.Html.ShouldContain("You approved this write");
        (written.Write("status"), world.Sent).ShouldBe(("done", 1), written.Text);
        again.Data.GetRawText().ShouldBe(written.Data.GetRawText());
        world.TellsNothing(asked.Content.GetRawText(), approved.Html, written.Content.GetRawText(), again.Content.GetRawText());
        var audit = await File.ReadAllTextAsync(Path.Combine(world.World.DataDirectory, "audit.jsonl"));
        foreach (var step in new[] { "approval_needed", "approval_opened", "approved", "sending" }) audit.ShouldContain($"\"outcome\":\"{step}\"");
        world.World.App.CheckAudit().ShouldBeNull();
        (audit + world.World.Log.Text).ShouldNotContain(page.Segments[^1]);
    }

    [Fact]
    public async Task What_a_person_declined_is_not_written_and_not_asked_again()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var client = await world.PlainAsync();
        var page = await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71));
        await world.Browser.AnswerAsync(page, await world.Browser.OpenAsync(page), "decline");

        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).ErrorCode.ShouldBe("approval_declined");
        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).ErrorCode.ShouldBe("approval_declined");
        world.Sent.ShouldBe(0);
    }

    [Fact]
    public async Task The_same_call_gets_the_same_link_until_a_person_answers()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var client = await world.PlainAsync();

        (await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71))).ShouldBe(await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71)));
    }

    [Fact]
    public async Task Other_arguments_are_another_write()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var client = await world.PlainAsync();
        await world.Browser.ApproveAsync(await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71)));

        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(170))).Write("status").ShouldBe("approval_needed");
        world.Sent.ShouldBe(0);
    }

    [Fact]
    public async Task An_approval_of_one_caller_is_none_of_another()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var (ann, ben) = (await world.PlainAsync("ann"), await world.PlainAsync("ben"));
        await world.Browser.ApproveAsync(await ApprovalWorld.LinkAsync(ben, ApprovalWorld.Vitals(71)));

        (await ann.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Write("status").ShouldBe("approval_needed");
        world.Sent.ShouldBe(0);
        (await ben.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Write("status").ShouldBe("done");
        world.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task An_approval_ends_after_a_quarter_of_an_hour()
    {
        var time = new UpstreamClock(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));
        await using var world = await ApprovalWorld.StartAsync(time);
        var client = await world.PlainAsync();
        var page = await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71));
        var open = await world.Browser.OpenAsync(page);
        time.Advance(HealthMcp.Writes.ApprovalBook.Lifetime);

        ((int)(await world.Browser.AnswerAsync(page, open, "approve")).Status).ShouldBe(404);
        (await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71))).ShouldNotBe(page);
        world.Sent.ShouldBe(0);
    }

    [Fact]
    public async Task A_record_that_changed_since_is_not_written_over()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var client = await world.PlainAsync();
        const string Update = """{"patient":"<p>","city":"Hamilton"}""";
        var patient = (await client.ReplyAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First.GetProperty("id").GetString();
        var arguments = Update.Replace("<p>", patient, StringComparison.Ordinal);
        var page = await ApprovalWorld.LinkAsync(client, arguments, "update_patient");
        var open = await world.Browser.OpenAsync(page);
        await world.Browser.AnswerAsync(page, open, "approve");
        using var other = world.World.Build(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "patients"));
        var moved = await world.World.CallAsync("update_patient", arguments.Replace("Hamilton", "Dundas", StringComparison.Ordinal), other);
        var late = await client.ReplyAsync("update_patient", arguments);

        open.Html.ShouldContain("class=\"after\"><bdi>Hamilton</bdi>");
        moved.IsError.ShouldBeFalse(moved.Text);
        late.ErrorCode.ShouldBe("approval_changed", late.Text);
        (await client.ReplyAsync("update_patient", arguments)).Write("status").ShouldBe("approval_needed");
    }

    [Fact]
    public async Task A_duplicate_of_the_last_day_is_told_to_the_person_and_not_to_the_caller()
    {
        await using var world = await ApprovalWorld.StartAsync();
        using var other = world.World.Build(("HEALTHMCP_WRITES", "direct"));
        (await world.World.CallAsync("record_vitals", ApprovalWorld.Vitals(71), other)).IsError.ShouldBeFalse();
        var client = await world.PlainAsync("ben");
        var asked = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));

        (await world.Browser.OpenAsync(new Uri(asked.Write("link")))).Html.ShouldContain("Possible duplicate");
        asked.Text.ShouldNotContain("duplicate");
    }

    [Fact]
    public async Task Where_there_is_a_screen_the_browser_gets_the_link_and_the_model_does_not()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var shown = new List<Uri>();
        world.Opens = page =>
        {
            shown.Add(page);
            return true;
        };
        var client = await world.PlainAsync();
        var first = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        var second = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        await world.Browser.ApproveAsync(shown.ShouldHaveSingleItem());

        foreach (var reply in new[] { first, second }) reply.Content.GetProperty("write").TryGetProperty("link", out _).ShouldBeFalse();
        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Write("status").ShouldBe("done");
    }

    [Fact]
    public async Task A_caller_can_fill_only_so_many_pages()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var client = await world.PlainAsync();
        for (var page = 0; page < HealthMcp.Writes.ApprovalBook.MostOfCaller; page++) await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(60 + page));

        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(90))).ErrorCode.ShouldBe("rate_limited");
    }

    [Fact]
    public async Task A_lost_answer_after_an_approval_is_in_doubt_and_never_sent_again()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var client = await world.PlainAsync();
        var patient = (await client.ReplyAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First.GetProperty("id").GetString();
        var arguments = $$"""{"patient":"{{patient}}","attribution_role":"assist","provider_uuid":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","source_note":"x"}""";
        await world.Browser.ApproveAsync(await ApprovalWorld.LinkAsync(client, arguments, "record_attribution"));
        const string Attribute = "POST /api/v1/{org_id}/patients/{patient_uuid}/referral-attributions";
        world.World.Sandbox.Faults.Next("patients", Attribute, Fault.AnswerLost());

        var lost = await client.ReplyAsync("record_attribution", arguments);
        var again = await client.ReplyAsync("record_attribution", arguments);
        var listed = world.World.App.OpenWrites().Open().ShouldHaveSingleItem();
        world.World.App.OpenWrites().Resolve(listed.Id, written: true).ShouldBeTrue();

        (lost.ErrorCode, again.ErrorCode).ShouldBe(("in_doubt", "in_doubt"), lost.Text);
        again.Text.ShouldContain(listed.Id);
        (await client.ReplyAsync("record_attribution", arguments)).ErrorCode.ShouldBe("conflict");
        world.World.Sandbox.Journal.Of("patients", Attribute).Count.ShouldBe(1);
        world.World.App.OpenWrites().Open().ShouldBeEmpty();
        (await File.ReadAllTextAsync(Path.Combine(world.World.DataDirectory, "audit.jsonl"))).ShouldContain("resolved_written");
    }
}
