using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.XCures.Subjects;

public sealed class SubjectWriteToolsTests
{
    private const string One = "POST /api/v2/patient-registry/subject";
    private const string Many = $"POST {PeopleWorld.Registry}/subject";
    private const string Put = $"PUT {PeopleWorld.Registry}/subject/{{id}}";
    private const string Ann = """{"firstName":"Ann","lastName":"Example","birthDate":"1980-01-02","labels":["consented"]}""";

    [Fact]
    public async Task A_subject_is_previewed_then_created_once_and_can_be_worked_with()
    {
        await using var world = await PeopleWorld.StartAsync();
        var arguments = $$"""{"subjects":[{{Ann}}]}""";
        var preview = await world.CallAsync("create_subjects", arguments);
        world.Sent(One).ShouldBeEmpty();
        var written = await world.ConfirmAsync("create_subjects", arguments, preview);
        var again = await world.ConfirmAsync("create_subjects", arguments, preview);

        Write(written).ShouldBe(("done", true));
        var handle = written.Data.GetProperty("subjects")[0].GetProperty("id").GetString();
        handle.ShouldStartWith("subj_");
        Write(again).ShouldBe(("done", true));
        again.Data.GetRawText().ShouldBe(written.Data.GetRawText());
        world.Sent(One).Count.ShouldBe(1);
        (await world.CallAsync("get_subject", $$"""{"subject":"{{handle}}"}""")).IsError.ShouldBeFalse();
        foreach (var reply in new[] { preview, written }) foreach (var word in new[] { "Ann", "Example", "consented" }) reply.Text.ShouldNotContain(word);
    }

    [Theory]
    [InlineData("", "false")]
    [InlineData(",\"initiateEhrQueries\":false", "false")]
    [InlineData(",\"initiateEhrQueries\":true", "true")]
    public async Task A_query_is_started_only_when_asked_for(string asked, string sent)
    {
        await using var world = await PeopleWorld.StartAsync();

        await world.WriteAsync("create_subjects", $$"""{"subjects":[{{Ann}}]{{asked}}}""");
        await world.WriteAsync("create_subjects", $$"""{"subjects":[{"firstName":"Ben","lastName":"Example"},{"firstName":"Cy","lastName":"Example"}]{{asked}}}""");

        world.Sent(One).ShouldHaveSingleItem().Body.ShouldContain($"\"initiateEhrQuery\":{sent}");
        world.Sent(Many).ShouldHaveSingleItem().Body.ShouldStartWith("{\"subjects\":[");
        world.Sent(Many)[0].Body.ShouldContain($"\"initiateEhrQueries\":{sent}");
        var queries = await world.CallAsync("get_record_requests", """{"createdFrom":"2026-01-01"}""");
        queries.Data.GetArrayLength().ShouldBe(sent == "true" ? 3 : 0);
    }

    [Fact]
    public async Task Starting_queries_needs_the_scope_for_it()
    {
        await using var world = await PeopleWorld.StartAsync(("HEALTHMCP_SCOPES", "xcures/subjects.write"));

        (await world.CallAsync("create_subjects", $$"""{"subjects":[{{Ann}}],"initiateEhrQueries":true}""")).ErrorCode.ShouldBe("insufficient_scope");
        (await world.CallAsync("create_subjects", $$"""{"subjects":[{{Ann}}]}""")).IsError.ShouldBeFalse();
    }

    [Fact]
    public async Task A_repeat_with_the_same_id_is_recognised_and_tells_nothing_of_the_record()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = """{"id":"7D0C2A50-3f7e-4b19-9d57-6a1f0c3e8b21","firstName":"Ann","lastName":"Example","gender":"F"}""";

        var first = await world.WriteAsync("create_subjects", $$"""{"subjects":[{{subject}}]}""");
        var same = await world.WriteAsync("create_subjects", $$"""{"subjects":[{{subject}}]}""");
        var guess = await world.WriteAsync("create_subjects", $$"""{"subjects":[{{subject.Replace("Example", "Guess", StringComparison.Ordinal)}}]}""");

        Write(first).ShouldBe(("done", true));
        foreach (var reply in new[] { same, guess })
        {
            Write(reply).ShouldBe(("already_written", false));
            reply.Data.GetProperty("subjects")[0].EnumerateObject().Select(field => field.Name).ShouldBe(["id"]);
        }

        same.Notices.ShouldBe(guess.Notices);
    }

    [Fact]
    public async Task At_the_identified_level_a_repeat_is_compared()
    {
        await using var world = await PeopleWorld.StartAsync(PeopleWorld.Identified);
        var subject = """{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","firstName":"Ann","lastName":"Example"}""";
        await world.WriteAsync("create_subjects", $$"""{"subjects":[{{subject}}]}""");

        Write(await world.WriteAsync("create_subjects", $$"""{"subjects":[{{subject}}]}""")).ShouldBe(("already_written", true));
        var other = await world.WriteAsync("create_subjects", $$"""{"subjects":[{{subject.Replace("Ann", "Bea", StringComparison.Ordinal)}}]}""");

        other.ErrorCode.ShouldBe("conflict");
        other.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe("id");
    }

    [Fact]
    public async Task Of_a_batch_each_subject_has_its_own_outcome()
    {
        await using var world = await PeopleWorld.StartAsync(PeopleWorld.Identified);
        const string Taken = """{"firstName":"Ben","lastName":"Example","externalIdentifiers":[{"externalIdentifier":"X1","externalSystem":"ehr"}]}""";
        await world.WriteAsync("create_subjects", $$"""{"subjects":[{{Taken}}]}""");

        var reply = await world.WriteAsync("create_subjects", $$"""{"subjects":[{{Ann}},{{Taken}}]}""");

        Write(reply).ShouldBe(("partly_done", false));
        reply.Data.GetProperty("subjects")[0].GetProperty("firstName").GetString().ShouldBe("Ann");
        reply.Data.GetProperty("subjects")[1].GetProperty("failureReason").GetString().ShouldNotBeNullOrEmpty();
        reply.Notices[0].ShouldStartWith("1 of 2 subjects");
    }

    [Fact]
    public async Task The_vendors_reason_is_not_repeated_where_names_are_withheld()
    {
        await using var world = await PeopleWorld.StartAsync();
        const string Taken = """{"firstName":"Ben","lastName":"Example","externalIdentifiers":[{"externalIdentifier":"X1","externalSystem":"ehr"}]}""";
        await world.WriteAsync("create_subjects", $$"""{"subjects":[{{Taken}}]}""");

        (await world.WriteAsync("create_subjects", $$"""{"subjects":[{{Ann}},{{Taken}}]}""")).Text.ShouldNotContain("CANARY");
    }

    [Theory]
    [InlineData("""{"firstName":"Ann"}""", "lastName")]
    [InlineData("""{"firstName":"Ann","lastName":"E","birthDate":"2999-01-01"}""", "birthDate")]
    [InlineData("""{"firstName":"Ann","lastName":"E","birthDate":"1999-01-01","deathDate":"1998-01-01"}""", "deathDate")]
    [InlineData("""{"firstName":"Ann","lastName":"E","addressState":"Ohio"}""", "addressState")]
    [InlineData("""{"firstName":"Ann","lastName":"E","addressPostalCode":"4501"}""", "addressPostalCode")]
    [InlineData("""{"firstName":"Ann","lastName":"E","labels":["[name] trial"]}""", "labels")]
    [InlineData("""{"firstName":"Ann","lastName":"E","tags":[{"projectTagId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21"}]}""", "tags")]
    [InlineData("""{"firstName":"Ann","lastName":"E","additionalNames":[{"middle":"Q"}]}""", "additionalNames")]
    [InlineData("""{"firstName":"Ann","lastName":"E","id":"1"}""", "id")]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string subject, string argument)
    {
        await using var world = await PeopleWorld.StartAsync();

        var reply = await world.CallAsync("create_subjects", $$"""{"subjects":[{{subject}}]}""");

        reply.ErrorCode.ShouldBe("invalid_argument");
        reply.Content.GetProperty("error").GetProperty("argument").GetString()!.ShouldContain(argument);
        world.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_keeps_all_else_and_shows_before_and_after()
    {
        await using var world = await PeopleWorld.StartAsync(PeopleWorld.Identified);
        var subject = await world.SubjectAsync();
        var arguments = $$$"""{"subject":"{{{subject}}}","changes":{"addressCity":"Dayton"},"clear":["email"]}""";
        var before = (await world.CallAsync("get_subject", $$"""{"subject":"{{subject}}"}""")).Data.GetProperty("subject");

        var preview = await world.CallAsync("update_subject", arguments);
        var written = await world.ConfirmAsync("update_subject", arguments, preview);
        var after = written.Data.GetProperty("subject");

        preview.Data.GetProperty("before").GetProperty("addressCity").GetString().ShouldBe(before.GetProperty("addressCity").GetString());
        preview.Data.GetProperty("after").GetProperty("addressCity").GetString().ShouldBe("Dayton");
        Write(written).ShouldBe(("done", true));
        after.TryGetProperty("email", out _).ShouldBeFalse();
        foreach (var field in before.EnumerateObject().Where(field => field.Name is not ("addressCity" or "email" or "updated")))
            after.GetProperty(field.Name).GetRawText().ShouldBe(field.Value.GetRawText(), field.Name);
    }

    [Fact]
    public async Task A_record_that_changed_since_the_preview_is_not_written_over()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = await world.SubjectAsync();
        var arguments = $$$"""{"subject":"{{{subject}}}","changes":{"addressCity":"Dayton"}}""";
        var preview = await world.CallAsync("update_subject", arguments);
        await world.WriteAsync("update_subject", $$$"""{"subject":"{{{subject}}}","changes":{"phoneNumber":"555-123-9999"}}""");

        var stale = await world.ConfirmAsync("update_subject", arguments, preview);

        stale.ErrorCode.ShouldBe("invalid_confirmation");
        stale.Text.ShouldContain("older version of the record");
        world.Sent(Put).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_does_not_confirm_guesses_at_withheld_values()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = await world.SubjectAsync();

        var right = await world.CallAsync("update_subject", $$$"""{"subject":"{{{subject}}}","changes":{"lastName":"Jones","labels":["Jones","Smith"]}}""");
        var wrong = await world.CallAsync("update_subject", $$$"""{"subject":"{{{subject}}}","changes":{"lastName":"Smith","labels":["Jones","Smith"]}}""");

        right.Content.GetProperty("data").GetRawText().ShouldBe(wrong.Content.GetProperty("data").GetRawText());
        Telling(right).ShouldBe(Telling(wrong));
        right.Text.ShouldNotContain("Jones");
    }

    [Fact]
    public async Task Nothing_or_a_contradiction_is_no_change()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = await world.SubjectAsync();

        (await world.CallAsync("update_subject", $$"""{"subject":"{{subject}}"}""")).ErrorCode.ShouldBe("invalid_argument");
        var both = await world.CallAsync("update_subject", $$$"""{"subject":"{{{subject}}}","changes":{"email":"a@example.org"},"clear":["email"]}""");
        both.ErrorCode.ShouldBe("invalid_argument");
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_found_and_one_that_never_arrived_is_in_doubt()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = await world.SubjectAsync();
        world.Sandbox.Faults.Next("xcures", Put, Fault.AnswerLost());
        world.Sandbox.Faults.Next("xcures", Put, Fault.ResetConnection());

        var found = await world.WriteAsync("update_subject", $$$"""{"subject":"{{{subject}}}","changes":{"addressCity":"Dayton"}}""");
        var doubt = await world.WriteAsync("update_subject", $$$"""{"subject":"{{{subject}}}","changes":{"addressCity":"Akron"}}""");

        Write(found).ShouldBe(("already_written", true));
        doubt.ErrorCode.ShouldBe("in_doubt");
        doubt.Text.ShouldContain("get_subject");
    }

    private static (string?, bool) Write(ToolReply reply)
    {
        reply.IsError.ShouldBeFalse(reply.Text);
        var write = reply.Content.GetProperty("write");
        return (write.GetProperty("status").GetString(), write.GetProperty("verified").GetBoolean());
    }

    private static string Telling(ToolReply reply) =>
        string.Join('\n', new[] { "privacy", "notices" }.Select(part => reply.Content.GetProperty(part).GetRawText()))
        + reply.Content.GetProperty("write").GetProperty("says") + JsonSerializer.Serialize(reply.Content.GetProperty("write").GetProperty("warnings"));
}
