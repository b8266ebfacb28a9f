using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.DrCloud.Saving;

public sealed class SaveToolsTests
{
    private const string Ann = """
        {"family":"Zwetschgenbaum","given":["Annegret"],"npi":"1234567893","phone":"555-018-4711","email":"a.zwetschgenbaum@example.org"}
        """;

    private static readonly string[] AnnsWords = ["Zwetschgenbaum", "Annegret", "1234567893", "4711", "example.org"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_practitioner_is_previewed_then_made_once_and_can_be_read(bool conformant)
    {
        await using var world = await SaveWorld.StartAsync(conformant);
        var preview = await world.CallAsync(Ann);
        world.Sent(SaveWorld.Create).ShouldBeEmpty();
        var written = await world.ConfirmAsync(Ann, preview);
        var again = await world.ConfirmAsync(Ann, preview);

        SaveWorld.Outcome(written).ShouldBe(("done", true));
        var handle = written.Data.GetProperty("practitioner").GetProperty("id").GetString()!;
        handle.ShouldStartWith("prac_");
        SaveWorld.Outcome(again).ShouldBe(("done", true));
        again.Data.GetRawText().ShouldBe(written.Data.GetRawText());
        world.Sent(SaveWorld.Create).ShouldHaveSingleItem().Headers["Content-Type"].ShouldBe(conformant ? "application/fhir+json" : "application/json");
        (await world.ReadAsync(handle)).GetProperty("resourceType").GetString().ShouldBe("Practitioner");
        foreach (var reply in new[] { preview, written }) foreach (var word in AnnsWords) reply.Content.GetRawText().ShouldNotContain(word);
        var files = string.Join('\n', Directory.GetFiles(world.World.DataDirectory, "audit*").Select(File.ReadAllText));
        foreach (var word in AnnsWords.Append(handle)) files.ShouldNotContain(word);
    }

    [Fact]
    public async Task A_change_sends_the_whole_record_and_touches_nothing_else()
    {
        await using var world = await SaveWorld.StartAsync(conformant: true, SaveWorld.Identified);
        var handle = await world.SomebodyAsync();
        var before = Plain(await world.ReadAsync(handle));
        var written = await world.WriteAsync($$"""{"practitioner":"{{handle}}","phone":"555-018-4711","clear":["fax"],"given":["Bea","C"]}""");

        SaveWorld.Outcome(written).ShouldBe(("done", true));
        var sent = JsonNode.Parse(world.Sent(SaveWorld.Update).ShouldHaveSingleItem().Body)!.AsObject();
        sent["name"]![0]!["given"]!.ToJsonString().ShouldBe("""["Bea","C"]""");
        sent["name"]![0]!["prefix"]!.ToJsonString().ShouldBe(before["name"]![0]!["prefix"]!.ToJsonString());
        sent["telecom"]!.AsArray().Select(one => $"{one!["system"]}").ShouldNotContain("fax");
        sent["telecom"]!.AsArray().First(one => $"{one!["system"]}" == "phone")!["value"]!.ToString().ShouldBe("555-018-4711");
        foreach (var kept in new[] { "identifier", "active", "address" }) sent[kept]!.ToJsonString().ShouldBe(before[kept]!.ToJsonString(), kept);
        sent.ContainsKey("text").ShouldBeFalse("the narrative was written from the old values");
        var after = Plain(await world.ReadAsync(handle));
        foreach (var kept in new[] { "identifier", "active", "address" }) after[kept]!.ToJsonString().ShouldBe(before[kept]!.ToJsonString(), kept);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_labelled_as_written_by_an_ai_and_an_EHR_that_drops_the_label_is_told_of(bool conformant)
    {
        await using var world = await SaveWorld.StartAsync(conformant);
        var made = await world.WriteAsync(Ann);
        var handle = made.Data.GetProperty("practitioner").GetProperty("id").GetString()!;
        var changed = await world.WriteAsync($$"""{"practitioner":"{{handle}}","phone":"555-018-4713"}""");

        foreach (var sent in world.Sent(SaveWorld.Create).Concat(world.Sent(SaveWorld.Update)))
            sent.Body.Split("\"AIAST\"").Length.ShouldBe(2, sent.Body);
        world.World.Sandbox.Journal.Entries.ShouldNotContain(entry => entry.Operation.Contains("Provenance", StringComparison.Ordinal));
        foreach (var reply in new[] { made, changed })
            reply.Notices.Any(notice => notice.StartsWith("The EHR did not keep the label", StringComparison.Ordinal)).ShouldBe(!conformant, reply.Text);
        var read = await world.ReadAsync(handle);
        if (conformant) read.GetProperty("meta").GetProperty("security")[0].GetProperty("code").GetString().ShouldBe("AIAST");
    }

    [Fact]
    public async Task What_the_EHR_does_not_keep_is_told_by_element_and_not_by_value()
    {
        await using var world = await SaveWorld.StartAsync(conformant: false);
        var made = await world.WriteAsync($$"""{{Ann.TrimEnd()[..^1]}},"suffix":"Quetschekuche","gender":"female","fax":"555-018-9999"}""");
        SaveWorld.Outcome(made).ShouldBe(("done", false));
        made.Notices.ShouldContain(notice => notice.Contains("name, telecom, gender", StringComparison.Ordinal));

        var handle = made.Data.GetProperty("practitioner").GetProperty("id").GetString();
        var kept = await world.WriteAsync($$"""{"practitioner":"{{handle}}","clear":["phone"]}""");
        SaveWorld.Outcome(kept).ShouldBe(("done", false));
        kept.Notices.ShouldContain(notice => notice.Contains("sent in: telecom.", StringComparison.Ordinal));
        var right = await world.WriteAsync($$"""{"practitioner":"{{handle}}","phone":"555-018-4712","address":{"city":"Dayton","line":["1 Main St"]} }""");
        SaveWorld.Outcome(right).ShouldBe(("done", true));
        foreach (var reply in new[] { made, kept, right }) reply.Content.GetRawText().ShouldNotContain("Quetschekuche");
    }

    [Fact]
    public async Task A_confirmation_is_good_only_for_the_record_that_was_shown()
    {
        await using var world = await SaveWorld.StartAsync(conformant: true);
        var handle = await world.SomebodyAsync();
        var arguments = $$"""{"practitioner":"{{handle}}","phone":"555-018-4711"}""";
        var preview = await world.CallAsync(arguments);
        await world.WriteAsync($$"""{"practitioner":"{{handle}}","email":"b@example.org"}""");

        (await world.ConfirmAsync(arguments, preview)).ErrorCode.ShouldBe("invalid_confirmation");
        world.Sent(SaveWorld.Update).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_was_faster_is_not_overwritten()
    {
        await using var world = await SaveWorld.StartAsync(conformant: true);
        var handle = await world.SomebodyAsync();
        world.World.Sandbox.Faults.Next("drcloud", SaveWorld.Update, Fault.Status(412));
        var reply = await world.WriteAsync($$"""{"practitioner":"{{handle}}","phone":"555-018-4711"}""");

        (reply.IsError, reply.Content.GetProperty("write").GetProperty("status").GetString()).ShouldBe((true, "conflict"));
        reply.Data.GetProperty("practitioner").GetProperty("resourceType").GetString().ShouldBe("Practitioner");
        reply.Notices[0].ShouldStartWith("Not written");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_create_whose_answer_is_lost_is_found_and_not_sent_again(bool conformant)
    {
        await using var world = await SaveWorld.StartAsync(conformant);
        world.World.Sandbox.Faults.Next("drcloud", SaveWorld.Create, Fault.AnswerLost());
        SaveWorld.Outcome(await world.WriteAsync(Ann)).ShouldBe(("already_written", true));
        world.Sent(SaveWorld.Create).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task What_cannot_be_settled_is_in_doubt_and_sent_once(bool conformant, bool create)
    {
        await using var world = await SaveWorld.StartAsync(conformant);
        var operation = create ? SaveWorld.Create : SaveWorld.Update;
        var arguments = create ? Ann : $$"""{"practitioner":"{{await world.SomebodyAsync()}}","phone":"555-018-4711"}""";
        world.World.Sandbox.Faults.Next("drcloud", operation, Fault.HtmlErrorPage(), 9);
        var reply = await world.WriteAsync(arguments);

        reply.ErrorCode.ShouldBe("in_doubt");
        reply.Text.ShouldNotContain("CANARY");
        world.Sent(operation).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_twin_that_was_there_before_is_not_taken_for_the_lost_one_and_is_warned_of()
    {
        await using var world = await SaveWorld.StartAsync(conformant: true);
        await world.WriteAsync(Ann);
        var preview = await world.CallAsync(Ann);
        preview.Content.GetProperty("write").GetProperty("warnings")[0].GetString().ShouldStartWith("A practitioner with this NPI is there");
        world.World.Sandbox.Faults.Next("drcloud", SaveWorld.Create, Fault.HtmlErrorPage());
        (await world.ConfirmAsync(Ann, preview)).ErrorCode.ShouldBe("in_doubt");
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_read_back()
    {
        await using var world = await SaveWorld.StartAsync(conformant: true);
        var handle = await world.SomebodyAsync();
        world.World.Sandbox.Faults.Next("drcloud", SaveWorld.Update, Fault.AnswerLost());
        SaveWorld.Outcome(await world.WriteAsync($$"""{"practitioner":"{{handle}}","phone":"555-018-4711"}""")).ShouldBe(("already_written", true));
        world.Sent(SaveWorld.Update).Count.ShouldBe(1);
    }

    private static JsonObject Plain(JsonElement element) => JsonNode.Parse(element.GetRawText())!.AsObject();
}
