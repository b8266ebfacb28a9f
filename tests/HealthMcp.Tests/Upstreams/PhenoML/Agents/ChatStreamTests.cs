using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Upstreams.PhenoML.Agents;

/// <summary>A chat that is shown while it is written, through a real client on the sandbox, which holds pieces back until the test lets go.</summary>
public sealed class ChatStreamTests
{
    private const string Asked = """{"agent_id":"agent-123","session_id":"session-abc123","message":"What is the patient's current condition?"}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_piece_is_there_before_the_last_is_made(bool overHttp)
    {
        var last = new TaskCompletionSource();
        await using var world = await StartAsync((number, count, gone) => number == count ? last.Task.WaitAsync(gone) : Task.CompletedTask);
        var heard = new Heard();
        var call = (await ConnectAsync(world, overHttp)).CallToolAsync("chat_with_agent", Arguments(), heard).AsTask();

        (await heard.First).ShouldNotBeEmpty();
        call.IsCompleted.ShouldBeFalse();
        last.SetResult();

        var answer = (await call).StructuredContent!.Value.GetProperty("data").GetProperty("response").GetString()!;
        answer.ShouldStartWith(heard.All[..60]);
        foreach (var withheld in new[] { "Marissa", "Jones", "1971-06", "Alder", "Portland", "503-555" })
        {
            heard.All.ShouldNotContain(withheld);
            answer.ShouldNotContain(withheld);
        }

        answer.ShouldContain("metformin 500 mg");
    }

    [Theory]
    [InlineData(false, "2025-11-25")]
    [InlineData(false, "2026-07-28")]
    [InlineData(true, "2026-07-28")]
    public async Task A_client_that_goes_away_ends_the_request_at_the_vendor(bool overHttp, string version)
    {
        var ended = new TaskCompletionSource();
        await using var world = await StartAsync(async (number, count, gone) =>
        {
            if (number < count || ended.Task.IsCompleted) return;
            gone.Register(() => ended.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, gone);
        });
        var options = new McpClientOptions { ProtocolVersion = version };
        var client = overHttp ? await world.ConnectHttpAsync(options) : await world.ConnectAsync(world.App, null, options, "local");
        var heard = new Heard();
        using var away = new CancellationTokenSource();
        var call = client.CallToolAsync("chat_with_agent", Arguments(), heard, cancellationToken: away.Token).AsTask();
        await heard.First;
        await away.CancelAsync();
        if (!overHttp) await TellAsync(client);

        await Should.ThrowAsync<OperationCanceledException>(call);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60));

        // The conversation is free again, once the sandbox has noticed too.
        ToolReply reply;
        do reply = await client.ReplyAsync("chat_with_agent", Asked);
        while (reply.ErrorCode == FailureCodes.Conflict);
        reply.IsError.ShouldBeFalse(reply.Text);
    }

    [Fact]
    public async Task What_was_shown_before_a_client_went_away_is_on_record()
    {
        await using var world = await StartAsync((number, count, gone) =>
            number < count ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, gone));
        var (client, heard) = (await world.ConnectAsync(), new Heard());
        using var away = new CancellationTokenSource();
        var call = client.CallToolAsync("chat_with_agent", Arguments(), heard, cancellationToken: away.Token).AsTask();
        await heard.First;
        await away.CancelAsync();
        await TellAsync(client);
        await Should.ThrowAsync<OperationCanceledException>(call);

        // The server hears of it a little later; each look is a call, so that no file is watched.
        string? line = null;
        while (line is null)
        {
            await client.ReplyAsync("list_agents", "{}");
            line = (await LinesAsync(world)).FirstOrDefault(each => each.Contains("\"in_doubt\"", StringComparison.Ordinal));
        }

        line.ShouldContain("text-name");
        line.ShouldNotContain("Jones");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conversation_that_is_being_answered_takes_no_second_message(bool listens)
    {
        var last = new TaskCompletionSource();
        await using var world = await StartAsync((number, count, gone) => number == count ? last.Task.WaitAsync(gone) : Task.CompletedTask);
        var (client, heard) = (await world.ConnectAsync(), new Heard());
        var call = client.CallToolAsync("chat_with_agent", Arguments(), heard).AsTask();
        await heard.First;

        var second = await client.ReplyAsync("chat_with_agent", Asked, listens);

        second.ErrorCode.ShouldBe(FailureCodes.Conflict);
        second.Text.ShouldContain("another message is still being answered");
        last.SetResult();
        (await call).IsError.ShouldNotBe(true);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_in_doubt_and_not_sent_again()
    {
        await using var world = await StartAsync((number, _, _) => number < 4 ? Task.CompletedTask : throw new IOException("the wire was cut"));
        var reply = await (await world.ConnectAsync()).ReplyAsync("chat_with_agent", Asked, listens: true);

        reply.ErrorCode.ShouldBe(FailureCodes.InDoubt);
        reply.Text.ShouldContain("get_chat_messages");
        world.Sandbox.Journal.Of("phenoml", "POST /agent/stream-chat").Count.ShouldBe(1);
    }

    private static Task<World> StartAsync(Func<int, int, CancellationToken, Task> before) =>
        World.StartAsync(new SandboxOptions { BeforeChatPiece = before }, ("HEALTHMCP_TOOLSETS", "phenoml"), ("HEALTHMCP_WRITES", "direct"));

    private static Task<McpClient> ConnectAsync(World world, bool overHttp) => overHttp ? world.ConnectHttpAsync() : world.ConnectAsync();

    /// <summary>
    /// Over streams the SDK's client gives a call up in silence. So the server is told here as MCP has it (Cancellation); the call is the
    /// client's second request, after <c>server/discover</c> or <c>initialize</c>.
    /// </summary>
    private static Task TellAsync(McpClient client) =>
        client.SendNotificationAsync("notifications/cancelled", new CancelledNotificationParams { RequestId = new(2) });

    private static Dictionary<string, object?> Arguments() => System.Text.Json.JsonElement.Parse(Asked).EnumerateObject()
        .ToDictionary(member => member.Name, member => (object?)member.Value, StringComparer.Ordinal);

    private static async Task<IReadOnlyList<string>> LinesAsync(World world)
    {
        try
        {
            return await File.ReadAllLinesAsync(Path.Combine(world.DataDirectory, "audit.jsonl"));
        }
        catch (IOException)
        {
            // A line is being written.
            return [];
        }
    }

    /// <summary>What came as progress, in its order.</summary>
    private sealed class Heard : IProgress<ProgressNotificationValue>
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // A client may hand on its news out of order.
        private readonly SortedDictionary<float, string> _all = [];

        public Task<string> First => _first.Task;

        public string All
        {
            get { lock (_all) return string.Concat(_all.Values); }
        }

        public void Report(ProgressNotificationValue value)
        {
            lock (_all) _all[value.Progress] = value.Message!;
            _first.TrySetResult(value.Message!);
        }
    }
}
