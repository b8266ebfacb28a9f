using HealthMcp.Tests.Support;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Approvals;

/// <summary>Clients that show the link to their user themselves, so that the model never has it.</summary>
public sealed class AskingClientTests
{
    public static TheoryData<string> Versions => ["2025-11-25", "2026-07-28"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_call_waits_for_the_page_and_then_writes(string version)
    {
        await using var world = await ApprovalWorld.StartAsync();
        var asked = new List<ElicitRequestParams>();
        await using var client = await world.AskingAsync(version, async request =>
        {
            asked.Add(request);
            await world.Browser.ApproveAsync(new Uri(request.Url!));
            return "accept";
        });

        var written = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));

        (written.Write("status"), world.Sent).ShouldBe(("done", 1), written.Text);
        var question = asked.ShouldHaveSingleItem();
        question.Mode.ShouldBe("url");
        question.ElicitationId.ShouldNotBeNullOrEmpty();
        question.Url!.ShouldNotContain(question.ElicitationId);
        written.Text.ShouldNotContain("/approve/");
        world.TellsNothing(question.Message, written.Content.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_user_who_does_not_want_the_page_has_declined(string version)
    {
        await using var world = await ApprovalWorld.StartAsync();
        await using var client = await world.AskingAsync(version, _ => Task.FromResult("decline"));

        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).ErrorCode.ShouldBe("approval_declined");
        world.Sent.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_page_that_is_declined_is_told_plainly(string version)
    {
        await using var world = await ApprovalWorld.StartAsync();
        await using var client = await world.AskingAsync(version, async request =>
        {
            var page = new Uri(request.Url!);
            await world.Browser.AnswerAsync(page, await world.Browser.OpenAsync(page), "decline");
            return "accept";
        });

        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).ErrorCode.ShouldBe("approval_declined");
    }

    [Fact]
    public async Task A_client_that_says_yes_for_its_user_has_approved_nothing()
    {
        await using var world = await ApprovalWorld.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await using var client = await world.AskingAsync("2025-11-25", _ => Task.FromResult("accept"));

        var call = client.CallToolAsync(
            "record_vitals",
            System.Text.Json.JsonElement.Parse(ApprovalWorld.Vitals(71)).EnumerateObject()
                .ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal),
            cancellationToken: patience.Token).AsTask();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        world.Sent.ShouldBe(0);
    }

    [Fact]
    public async Task A_user_who_puts_it_off_is_asked_anew_with_the_next_call()
    {
        await using var world = await ApprovalWorld.StartAsync();
        var answers = new Queue<string>(["cancel", "accept"]);
        await using var client = await world.AskingAsync("2025-11-25", async request =>
        {
            var answer = answers.Dequeue();
            if (answer == "accept") await world.Browser.ApproveAsync(new Uri(request.Url!));
            return answer;
        });

        var first = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        var second = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));

        first.Write("status").ShouldBe("approval_needed");
        first.Text.ShouldNotContain("/approve/");
        second.Write("status").ShouldBe("done");
    }
}
