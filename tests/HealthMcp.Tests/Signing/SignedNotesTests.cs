using System.Text.Json;
using HealthMcp.Pipeline;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Approvals;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Signing;

/// <summary>Notes of a chart that say that an AI wrote them: in each mode, with each limit, and when they are read again.</summary>
public sealed class SignedNotesTests
{
    private const string Person = "[AI-assisted via HealthMcp: approved by a person]";
    private const string Agent = "[AI-written via HealthMcp: confirmed by the agent, not by a person]";
    private const string Nobody = "[AI-written via HealthMcp: sent without a review]";
    private const string Correct = "PATCH /api/v1/{org_id}/patients/{patient_uuid}/vital-signs/{vitals_uuid}";

    [Fact]
    public async Task What_a_person_approved_is_what_the_page_showed_with_the_mark()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var client = await world.PlainAsync();
        var page = await ApprovalWorld.LinkAsync(client, ApprovalWorld.Vitals(71));
        var open = await world.Browser.OpenAsync(page);
        await world.Browser.AnswerAsync(page, open, "approve");
        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Write("status").ShouldBe("done");

        open.Html.ShouldContain($"seen at rest {Person}");
        Note(world.World).ShouldBe($"seen at rest {Person}");
    }

    [Theory]
    [InlineData("direct", Nobody)]
    [InlineData("confirm", Agent)]
    public async Task The_mark_says_who_looked_at_it(string mode, string mark)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_WRITES", mode), ("HEALTHMCP_TOOLSETS", "patients"));
        await WriteAsync(await world.ConnectAsync(), ApprovalWorld.Vitals(71));

        Note(world).ShouldBe($"seen at rest {mark}");
    }

    [Theory]
    [InlineData("approve", "[AI-assisted via HealthMcp: agreed to at a terminal]")]
    [InlineData("confirm", "[AI-assisted via HealthMcp: agreed to at a terminal]")]
    [InlineData("direct", Nobody)]
    public async Task At_a_terminal_nobody_is_called_a_person_who_may_be_a_script(string mode, string mark)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_WRITES", mode));
        var call = new CallRequest("record_vitals", JsonElement.Parse(ApprovalWorld.Vitals(71)), world.App.LocalCaller("cli")) { PersonPresent = true };
        var answer = JsonElement.Parse((await world.App.Pipeline.InvokeAsync(call, CancellationToken.None)).Structured.Span).GetProperty("write");
        if (answer.TryGetProperty("confirmation", out var confirmation))
        {
            var again = JsonElement.Parse($$"""{{ApprovalWorld.Vitals(71)[..^1]}},"confirmation":"{{confirmation.GetString()}}"}""");
            await world.App.Pipeline.InvokeAsync(call with { Arguments = again }, CancellationToken.None);
        }

        Note(world).ShouldBe($"seen at rest {mark}");
    }

    [Fact]
    public async Task A_record_without_a_note_says_it_in_one()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_WRITES", "direct"));
        await WriteAsync(await world.ConnectAsync(), ApprovalWorld.Vitals(71).Replace(",\"note\":\"seen at rest\"", "", StringComparison.Ordinal));

        Note(world).ShouldBe(Nobody);
    }

    [Fact]
    public async Task Switched_off_nothing_is_added_and_nothing_claimed()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_AI_AUTHORSHIP", "off"));
        var client = await world.ConnectAsync();
        var preview = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        await WriteAsync(client, ApprovalWorld.Vitals(71));

        preview.Content.GetProperty("write").TryGetProperty("authorship", out _).ShouldBeFalse();
        Note(world).ShouldBe("seen at rest");
    }

    [Theory]
    [InlineData(1920, true)]
    [InlineData(1921, false)]
    public async Task The_longest_text_and_its_mark_fit_and_a_longer_one_is_refused_whole(int length, bool fits)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_WRITES", "direct"));
        var note = new string('x', length);
        var reply = await (await world.ConnectAsync()).ReplyAsync(
            "record_vitals", ApprovalWorld.Vitals(71).Replace("seen at rest", note, StringComparison.Ordinal));

        reply.IsError.ShouldBe(!fits, reply.Text);
        if (!fits) reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe("note");
        else Note(world).ShouldBe($"{note} {Nobody}");
        if (fits) Note(world).Length.ShouldBeLessThanOrEqualTo(2000);
    }

    [Fact]
    public async Task A_note_that_is_read_changed_and_written_again_has_one_mark_and_readers_see_it_at_every_level()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "patients"));
        var client = await world.ConnectAsync();
        await WriteAsync(client, ApprovalWorld.Vitals(71));
        var patient = (await client.ReplyAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First.GetProperty("id").GetString();
        var row = await NewestAsync(client, patient!);
        row.GetProperty("note").GetString().ShouldBe($"seen at rest {Nobody}");
        var changed = $"{row.GetProperty("note").GetString()} Cuff was loose.";
        using var confirming = world.Build(("HEALTHMCP_WRITES", "confirm"), ("HEALTHMCP_TOOLSETS", "patients"));
        await WriteAsync(await world.ConnectAsync(confirming), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["patient"] = patient!, ["vitals_uuid"] = row.GetProperty("id").GetString()!, ["note"] = changed,
        }), "correct_vitals");

        var sent = JsonElement.Parse(world.Sandbox.Journal.Of("patients", Correct)[^1].Body);
        sent.GetProperty("note").GetString().ShouldBe($"seen at rest Cuff was loose. {Agent}");
        (await NewestAsync(client, patient!)).GetProperty("note").GetString().ShouldBe($"seen at rest Cuff was loose. {Agent}");
    }

    [Fact]
    public async Task A_document_says_it_in_the_name_that_people_see_and_its_file_stays()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "xcures"));
        var client = await world.ConnectAsync();
        var subject = (await client.ReplyAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First.GetProperty("id").GetString();
        var made = await client.ReplyAsync("upload_document", $$"""
            {"subject":"{{subject}}","fileName":"letter.txt","contentType":"text/plain","text":"Severe asthma, seen today."}
            """);
        made.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue(made.Text);
        var read = await client.ReplyAsync("get_document", $$"""{"documentId":"{{made.Data.GetProperty("id").GetString()}}"}""");

        world.Sandbox.Journal.Of("xcures", "POST /api/v1/patient-registry/document")[^1].Body.ShouldContain($"letter.txt {Nobody}");
        read.Text.ShouldContain(Nobody);
        read.Text.ShouldContain("Severe asthma, seen today.");
    }

    [Fact]
    public async Task A_change_that_writes_no_text_leaves_the_text_of_somebody_else_alone()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "patients"), ("HEALTHMCP_AI_AUTHORSHIP", "off"));
        var client = await world.ConnectAsync();
        await WriteAsync(client, ApprovalWorld.Vitals(71));
        var patient = (await client.ReplyAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First.GetProperty("id").GetString();
        var id = (await NewestAsync(client, patient!)).GetProperty("id").GetString();
        using var signing = world.Build(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "patients"));
        await WriteAsync(await world.ConnectAsync(signing), $$"""{"patient":"{{patient}}","vitals_uuid":"{{id}}","pulse":72}""", "correct_vitals");

        JsonElement.Parse(world.Sandbox.Journal.Of("patients", Correct)[^1].Body).TryGetProperty("note", out _).ShouldBeFalse();
        (await NewestAsync(client, patient!)).GetProperty("note").GetString().ShouldBe("seen at rest");
    }

    [Fact]
    public async Task Words_of_somebody_else_that_are_sent_once_more_stay_theirs()
    {
        (string, string)[] rules =
        [
            ("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "patients"), ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"),
        ];
        await using var world = await World.StartAsync([.. rules, ("HEALTHMCP_AI_AUTHORSHIP", "off")]);
        await WriteAsync(await world.ConnectAsync(), ApprovalWorld.Vitals(71));
        using var signing = world.Build(rules);
        var client = await world.ConnectAsync(signing);
        var patient = (await client.ReplyAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First.GetProperty("id").GetString();
        var id = (await NewestAsync(client, patient!)).GetProperty("id").GetString();
        await WriteAsync(client, $$"""{"patient":"{{patient}}","vitals_uuid":"{{id}}","pulse":72,"note":"seen at rest"}""", "correct_vitals");

        world.Sandbox.Journal.Of("patients", Correct).ShouldHaveSingleItem().Body.ShouldNotContain("HealthMcp");
    }

    [Fact]
    public async Task A_text_that_is_emptied_gets_no_mark_in_its_place()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "patients"));
        var client = await world.ConnectAsync();
        var made = await client.ReplyAsync("save_definition", """{"kind":"tag","name":"Fall risk","description":"Fell twice"}""");
        await WriteAsync(
            client, $$"""{"kind":"tag","definition_uuid":"{{made.Data.GetProperty("id").GetString()}}","description":""}""", "save_definition");

        JsonElement.Parse(world.Sandbox.Journal.Entries.Last(entry => entry.Method == "PATCH").Body).GetProperty("description").GetString().ShouldBe("");
    }

    [Fact]
    public async Task A_repeat_after_a_lost_answer_carries_the_same_bytes()
    {
        await using var world = await World.StartAsync();
        var client = await world.ConnectAsync();
        var preview = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        world.Sandbox.Faults.Next("patients", ApprovalWorld.Create, Fault.AnswerLost(), 2);
        var confirmed = $$"""{{ApprovalWorld.Vitals(71)[..^1]}},"confirmation":"{{preview.Confirmation}}"}""";
        var first = await client.ReplyAsync("record_vitals", confirmed);
        var again = await client.ReplyAsync("record_vitals", confirmed);

        var sent = world.Sandbox.Journal.Of("patients", ApprovalWorld.Create);
        sent.Count.ShouldBeGreaterThan(1);
        sent.Select(entry => $"{entry.Headers["Idempotency-Key"]} {entry.Body}").Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldContain(Agent);
        foreach (var reply in new[] { first, again }) reply.IsError.ShouldBeFalse(reply.Text);
    }

    [Fact]
    public async Task A_confirmation_of_signed_bytes_is_good_for_no_others()
    {
        await using var world = await World.StartAsync();
        var preview = await world.CallAsync("record_vitals", ApprovalWorld.Vitals(71));
        using var off = world.Build(("HEALTHMCP_AI_AUTHORSHIP", "off"));
        var reply = await world.CallAsync("record_vitals", $$"""{{ApprovalWorld.Vitals(71)[..^1]}},"confirmation":"{{preview.Confirmation}}"}""", off);

        reply.ErrorCode.ShouldBe("invalid_confirmation", reply.Text);
        world.Sandbox.Journal.Of("patients", ApprovalWorld.Create).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_reading_that_a_person_entered_without_a_mark_is_still_a_possible_duplicate()
    {
        await using var world = await ApprovalWorld.StartAsync();
        using var hand = world.World.Build(("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_AI_AUTHORSHIP", "off"));
        (await world.World.CallAsync("record_vitals", ApprovalWorld.Vitals(71), hand)).IsError.ShouldBeFalse();
        var bare = ApprovalWorld.Vitals(71).Replace(",\"note\":\"seen at rest\"", "", StringComparison.Ordinal);
        var page = await ApprovalWorld.LinkAsync(await world.PlainAsync("ben"), bare);

        (await world.Browser.OpenAsync(page)).Html.ShouldContain("Possible duplicate: a set of vital signs");
    }

    private static async Task WriteAsync(McpClient client, string arguments, string tool = "record_vitals")
    {
        var reply = await client.ReplyAsync(tool, arguments);
        if (!reply.IsError && reply.Write("status") == "preview")
            reply = await client.ReplyAsync(tool, $$"""{{arguments[..^1]}},"confirmation":"{{reply.Confirmation}}"}""");
        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue(reply.Text);
    }

    private static async Task<JsonElement> NewestAsync(McpClient client, string patient)
    {
        var reply = await client.ReplyAsync("list_patient_records", $$"""{"patient":"{{patient}}","kind":"vital-signs","max_bytes":200000}""");
        return reply.Data.EnumerateArray().Single(
            row => row.TryGetProperty("note", out var note) && note.GetString()!.StartsWith("seen at rest", StringComparison.Ordinal));
    }

    private static string Note(World world) =>
        JsonElement.Parse(world.Sandbox.Journal.Of("patients", ApprovalWorld.Create)[^1].Body).GetProperty("note").GetString()!;
}
