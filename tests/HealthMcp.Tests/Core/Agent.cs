using System.Text.RegularExpressions;
using HealthMcp.Tests.Support;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Core;

/// <summary>A client that works as an agent does, by handles and with a preview before each write, and remembers all that it was told.</summary>
internal sealed class Agent(McpClient client, UpstreamClock time)
{
    private readonly List<string> _told = [];

    public async Task<ToolReply> CallAsync(string tool, string arguments)
    {
        var reply = await client.ReplyAsync(tool, arguments);
        _told.Add($"{tool}: {reply.Text}\n{reply.Content.GetRawText()}");
        return reply;
    }

    public async Task<ToolReply> ReadAsync(string tool, string arguments)
    {
        var reply = await CallAsync(tool, arguments);
        reply.IsError.ShouldBeFalse($"{tool} {arguments}: {reply.Text}");
        return reply;
    }

    /// <summary>Previews, looks at the preview, confirms.</summary>
    public async Task<ToolReply> WriteAsync(string tool, string arguments, Action<ToolReply>? look = null, bool verified = true)
    {
        var preview = await ReadAsync(tool, arguments);
        preview.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("preview");
        look?.Invoke(preview);
        var written = await ReadAsync(tool, arguments.TrimEnd()[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");
        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done", tool);
        written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBe(verified, tool);
        return written;
    }

    /// <summary>Follows a request for records to its end: the clock stands still, so each wait is ended once the server has said that it waits.</summary>
    public async Task<ToolReply> FollowAsync(string request)
    {
        using var told = new SemaphoreSlim(0);
        var call = client.CallToolAsync(
            "get_record_requests", new Dictionary<string, object?> { ["id"] = request, ["waitSeconds"] = 1800 }, new Told(told)).AsTask();
        while (!call.IsCompleted)
        {
            await Task.WhenAny(told.WaitAsync(TimeSpan.FromMilliseconds(20)), call);
            time.Advance(TimeSpan.FromSeconds(10));
        }

        (await call).IsError.ShouldNotBe(true);
        return await ReadAsync("get_record_requests", $$"""{"id":"{{request}}"}""");
    }

    /// <summary>Answers in which one of the words stands.</summary>
    public IReadOnlyList<string> Saying(params string[] words) =>
        [.. _told.Where(answer => words.Any(word => Regex.IsMatch(answer, $@"(?<!\w){Regex.Escape(word)}(?!\w)", RegexOptions.IgnoreCase)))];

    private sealed class Told(SemaphoreSlim told) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => told.Release();
    }
}
