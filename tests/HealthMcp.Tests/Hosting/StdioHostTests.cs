using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using HealthMcp.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using static HealthMcp.Tests.Hosting.StdioSession;

namespace HealthMcp.Tests.Hosting;

public sealed class StdioHostTests
{
    [Fact]
    public async Task Three_requests_with_immediate_end_of_input_give_three_answers()
    {
        var answers = await RunAsync($"{Call(1, "echo", """{"text":"a"}""")}\n{Call(2, "echo", """{"text":"b"}""")}\n{Call(3, "echo", """{"text":"c"}""")}\n");

        answers.Select(answer => answer.Text()).ShouldBe(["echo a", "echo b", "echo c"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_call_that_is_still_running_at_the_end_of_input_is_answered()
    {
        var server = new FakeServer();
        var running = RunAsync($"{Call(1, "wait")}\n", server);
        await server.Entered.Task;
        running.IsCompleted.ShouldBeFalse();
        server.Release.SetResult();

        (await running).Answer(1).Text().ShouldBe("waited");
    }

    [Fact]
    public async Task A_call_that_never_ends_is_cancelled_when_the_drain_is_over()
    {
        var server = new FakeServer();
        await RunAsync($"{Call(1, "wait")}\n", server, new StdioHostOptions { Drain = TimeSpan.Zero });

        await server.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_call_that_its_client_cancels_is_cancelled()
    {
        var server = new FakeServer();
        await RunAsync($"{Call(1, "wait")}\n" + """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""" + "\n", server);

        await server.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_session_of_the_older_kind_is_served_to_its_end()
    {
        var answers = await RunAsync(Initialize
            + "\n"
            + """{"jsonrpc":"2.0","method":"notifications/initialized"}"""
            + "\n"
            + """{"jsonrpc":"2.0","id":2,"method":"tools/list"}"""
            + "\n");

        answers.Answer(1).GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
        answers.Answer(2).GetProperty("result").GetProperty("tools").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_client_that_asked_first_and_fell_back_to_the_older_handshake_is_served()
    {
        var answers = await RunAsync(
            $$$"""{"jsonrpc":"2.0","id":7,"method":"server/discover","params":{"_meta":{{{Meta}}} } }"""
            + "\n"
            + """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"""
            + "\n"
            + Initialize
            + "\n"
            + """{"jsonrpc":"2.0","method":"notifications/initialized"}"""
            + "\n"
            + """{"jsonrpc":"2.0","id":2,"method":"tools/list"}"""
            + "\n");

        answers.Answer(1).GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
        answers.Answer(2).GetProperty("result").GetProperty("tools").GetArrayLength().ShouldBe(1);
        answers.Answer(7).GetProperty("result").GetProperty("supportedVersions")[0].GetString().ShouldBe("2026-07-28");
    }

    [Theory]
    [InlineData("not json", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":9,"method":""", -32700)]
    [InlineData("""{"id":9,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600)]
    [InlineData("null", -32600)]
    [InlineData("42", -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":9,"method":"ping"}]""", -32600)]
    [InlineData("[]", -32600)]
    public async Task A_line_that_is_no_message_is_refused_and_the_next_is_served(string line, int code)
    {
        var answers = await RunAsync($"{line}\n{Call(1, "echo")}\n");

        answers[0].Code().ShouldBe(code);
        answers.Answer(1).Text().ShouldStartWith("echo");
    }

    [Fact]
    public async Task The_refusal_of_a_line_carries_its_id_where_one_can_be_read()
    {
        var answers = await RunAsync("""{"id":9,"method":"ping"}""" + "\n" + "garbage\n");

        answers[0].GetProperty("id").GetInt32().ShouldBe(9);
        answers[1].GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_line_over_the_bound_is_refused_and_the_next_is_served(int times)
    {
        var longLine = new string('x', 5000 * times);
        var answers = await RunAsync($"{longLine}\n{Call(1, "echo")}\n{longLine}\n{Call(2, "echo")}\n", limits: new StdioHostOptions { MaxLineBytes = 4000 });

        answers.Count.ShouldBe(4);
        answers.Count(answer => answer.TryGetProperty("error", out _)).ShouldBe(2);
        answers.Answer(2).Text().ShouldStartWith("echo");
    }

    [Fact]
    public async Task Blank_lines_carriage_returns_and_a_byte_order_mark_do_not_matter()
    {
        var answers = await RunAsync($"\uFEFF{Call(1, "echo")}\r\n\r\n   \n\n{Call(2, "echo")}\r\n");

        answers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_last_line_without_its_newline_is_served_when_whole_and_refused_when_cut()
    {
        (await RunAsync(Call(1, "echo"))).Answer(1).Text().ShouldStartWith("echo");
        (await RunAsync(Call(1, "echo")[..30])).Single().Code().ShouldBe(-32700);
    }

    [Fact]
    public async Task An_unknown_method_is_refused_without_repeating_it()
    {
        var answers = await RunAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"secret/123-45-6789","params":{"_meta":{{{Meta}}} } }""" + "\n");

        answers.Single().Code().ShouldBe(-32601);
        answers.Single().GetRawText().ShouldNotContain("123-45");
    }

    [Fact]
    public async Task Params_of_the_wrong_shape_are_the_callers_fault()
    {
        var answers = await RunAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["x"],"_meta":{{{Meta}}} } }""" + "\n");

        answers.Single().Code().ShouldBe(-32602);
    }

    [Fact]
    public async Task Only_the_text_of_an_McpException_reaches_the_caller()
    {
        var answers = await RunAsync($"{Call(1, "explain")}\n{Call(2, "fail")}\n");

        answers.Answer(1).GetRawText().ShouldContain("a text for the caller");
        answers.Answer(2).GetRawText().ShouldNotContain("123-45");
    }

    [Fact]
    public async Task A_question_to_a_client_that_has_gone_ends_the_call_instead_of_waiting()
    {
        var answers = await RunAsync($"{Initialize}\n" + """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"ask"}}""" + "\n");

        answers.Answer(2).GetProperty("result").GetProperty("isError").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task An_open_subscription_does_not_outlive_the_input()
    {
        var server = new FakeServer();
        var input = new Pipe();
        var running = RunAsync(input.Reader.AsStream(), server);
        await input.Writer.WriteAsync(Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":"s","method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":{{{Meta}}} } }"""
            + "\n"));
        await Eventually.TrueAsync(() => server.Hub.Listeners == 1);
        await input.Writer.CompleteAsync();
        var answers = await running;

        answers[0].GetProperty("method").GetString().ShouldBe("notifications/subscriptions/acknowledged");
        answers[0].GetProperty("params").GetProperty("_meta").GetProperty("io.modelcontextprotocol/subscriptionId").GetString().ShouldBe("s");
    }

    [Fact]
    public async Task Text_leaves_without_needless_escapes_and_on_one_line()
    {
        using var output = new MemoryStream();
        await new StdioHost(new FakeServer().Options(), NullLoggerFactory.Instance)
            .RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(Call(1, "quotes") + "\n")), output, CancellationToken.None);

        var text = Encoding.UTF8.GetString(output.ToArray());
        text[0].ShouldBe('{');
        text.ShouldContain("""{\"name\":\"Zoë \\\\u0022 <b>\"}""");
        text.Count(c => c == '\n').ShouldBe(1);
    }

    [Theory]
    [InlineData("wait")]
    [InlineData("stubborn")]
    public async Task A_stop_ends_the_host_at_once_though_input_is_open_and_a_call_runs(string tool)
    {
        var server = new FakeServer();
        var input = new Pipe();
        using var stop = new CancellationTokenSource();
        var host = new StdioHost(server.Options(), NullLoggerFactory.Instance, limits: new StdioHostOptions { Grace = TimeSpan.FromMilliseconds(200) });
        var running = host.RunAsync(input.Reader.AsStream(), Stream.Null, stop.Token);
        await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(Call(1, tool) + "\n"));
        await server.Entered.Task;
        await stop.CancelAsync();

        await running.WaitAsync(TimeSpan.FromSeconds(60));
        server.Release.TrySetResult();
    }
}
