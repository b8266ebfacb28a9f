using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol;

namespace HealthMcp.Tests.Upstreams.XCures.Records;

public sealed class RecordRequestToolsTests
{
    private const string Create = $"POST {PeopleWorld.Registry}/query";
    private const string Get = $"GET {PeopleWorld.Registry}/query/{{id}}";

    [Fact]
    public async Task A_request_is_sent_once_and_followed_to_its_end_with_progress()
    {
        var time = new UpstreamClock(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await using var world = await PeopleWorld.StartAsync(new SandboxOptions { Time = time });
        var written = await world.WriteAsync("request_records", $$"""{"subject":"{{await world.SubjectAsync()}}"}""");
        var handle = written.Data.GetProperty("id").GetString();

        var messages = await FollowAsync(world, time, handle!);
        var ended = await world.CallAsync("get_record_requests", $$"""{"id":"{{handle}}"}""");

        written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        handle.ShouldStartWith("query_");
        messages.ShouldNotBeEmpty();
        messages.ShouldAllBe(message => message.StartsWith("xCures is collecting records", StringComparison.Ordinal));
        ended.First.GetProperty("ccdaStatus").GetString().ShouldBe("completed");
        ended.Notices.ShouldContain(notice => notice.StartsWith("The request has ended", StringComparison.Ordinal));
        world.Sent(Create).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_is_in_doubt_and_a_second_request_needs_to_be_meant()
    {
        await using var world = await PeopleWorld.StartAsync();
        var arguments = $$"""{"subject":"{{await world.SubjectAsync()}}"}""";
        world.Sandbox.Faults.Next("xcures", Create, Fault.AnswerLost());

        var lost = await world.WriteAsync("request_records", arguments);
        var repeated = await world.CallAsync("request_records", arguments);
        var meant = await world.CallAsync("request_records", arguments[..^1] + ",\"again\":true}");

        lost.ErrorCode.ShouldBe("in_doubt");
        lost.Text.ShouldContain("get_record_requests");
        repeated.ErrorCode.ShouldBe("conflict");
        meant.Content.GetProperty("write").GetProperty("warnings").GetRawText().ShouldContain("still under way");
        world.Sent(Create).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_confirmation_is_no_good_once_another_request_has_come()
    {
        await using var world = await PeopleWorld.StartAsync();
        var arguments = $$"""{"subject":"{{await world.SubjectAsync()}}","again":true}""";
        var first = await world.CallAsync("request_records", arguments);
        var second = await world.CallAsync("request_records", arguments);
        (await world.ConfirmAsync("request_records", arguments, first)).IsError.ShouldBeFalse();

        (await world.ConfirmAsync("request_records", arguments, second)).ErrorCode.ShouldBe("invalid_confirmation");

        world.Sent(Create).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_was_sent_but_cannot_be_followed_is_still_sent()
    {
        await using var world = await PeopleWorld.StartAsync();
        var subject = await world.SubjectAsync();
        world.Sandbox.Faults.Next("xcures", Get, Fault.Status(404), 9);

        var reply = await world.WriteAsync("request_records", $$"""{"subject":"{{subject}}","waitSeconds":600}""");

        reply.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        reply.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeFalse();
        reply.Data.GetProperty("id").GetString().ShouldStartWith("query_");
    }

    [Fact]
    public async Task Each_row_comes_once_although_requests_are_made_meanwhile()
    {
        await using var world = await PeopleWorld.StartAsync(("HEALTHMCP_WRITES", "direct"));
        var subject = await world.SubjectAsync();
        for (var i = 0; i < 4; i++) await world.CallAsync("request_records", $$"""{"subject":"{{subject}}","again":true}""");
        var seen = new List<string>();
        var cursor = "";
        for (var page = 0; page < 10 && cursor is not null; page++)
        {
            var on = cursor.Length == 0 ? "" : $",\"cursor\":\"{cursor}\"";
            var reply = await world.CallAsync("get_record_requests", $$"""{"subject":"{{subject}}","pageSize":2{{on}}}""");
            seen.AddRange(reply.Data.EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            cursor = reply.Content.GetProperty("page").TryGetProperty("cursor", out var next) ? next.GetString() : null;
            await world.CallAsync("request_records", $$"""{"subject":"{{subject}}","again":true}""");
        }

        seen.ShouldBeUnique();
        seen.Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_empty_list_says_what_was_searched()
    {
        await using var world = await PeopleWorld.StartAsync();

        var reply = await world.CallAsync("get_record_requests", """{"status":"delayed","createdFrom":"2026-05-06"}""");

        reply.Data.GetArrayLength().ShouldBe(0);
        reply.Notices[0].ShouldBe("Nothing was found. Searched: Requests for records in one sandbox xCures project, by status, within the dates given.");
        reply.Notices.ShouldContain(notice => notice.Contains("widened to whole years"));
        world.Sent($"GET {PeopleWorld.Registry}/query")[0].PathAndQuery.ShouldContain("createdFrom=2026-01-01");
    }

    [Theory]
    [InlineData("""{"id":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","status":"error"}""", "invalid_argument")]
    [InlineData("""{"waitSeconds":5}""", "invalid_argument")]
    [InlineData("""{"createdFrom":"2026-05-06","createdTo":"2026-05-06"}""", "invalid_argument")]
    [InlineData("""{"status":"finished"}""", "invalid_argument")]
    [InlineData("""{"sortField":"externalSystem"}""", "question_withheld")]
    [InlineData("""{"id":"query_0000000000000000"}""", "unknown_handle")]
    public async Task What_contradicts_itself_or_asks_for_withheld_order_is_refused(string arguments, string code)
    {
        await using var world = await PeopleWorld.StartAsync();

        (await world.CallAsync("get_record_requests", arguments)).ErrorCode.ShouldBe(code);

        world.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""["2.16.840.1.113883.3.1"]""", null)]
    [InlineData("""["2.16.840.1","Mercy"]""", "invalid_argument")]
    [InlineData("[]", "invalid_argument")]
    public async Task Organizations_are_named_by_their_oids(string organizations, string? code)
    {
        await using var world = await PeopleWorld.StartAsync();

        var reply = await world.CallAsync("request_records", $$"""{"subject":"{{await world.SubjectAsync()}}","organizationIds":{{organizations}}}""");

        reply.ErrorCode.ShouldBe(code);
    }

    // The clock stands still, so each wait of the server is ended here once it has said that it waits.
    private static async Task<IReadOnlyList<string>> FollowAsync(PeopleWorld world, UpstreamClock time, string handle)
    {
        var messages = new List<string>();
        using var told = new SemaphoreSlim(0);
        var call = world.Client.CallToolAsync(
            "get_record_requests",
            new Dictionary<string, object?> { ["id"] = handle, ["waitSeconds"] = 120 },
            new Said(message =>
            {
                lock (messages) messages.Add(message);
                told.Release();
            })).AsTask();
        await Task.WhenAny(told.WaitAsync(), call);
        while (!call.IsCompleted)
        {
            await Task.WhenAny(told.WaitAsync(TimeSpan.FromMilliseconds(20)), call);
            time.Advance(TimeSpan.FromSeconds(10));
        }

        (await call).IsError.ShouldNotBe(true);
        lock (messages) return [.. messages];
    }

    private sealed class Said(Action<string> say) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => say(value.Message ?? "");
    }
}
