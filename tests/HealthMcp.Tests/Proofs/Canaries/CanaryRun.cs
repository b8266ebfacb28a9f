using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Support;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>What became of the calls of one tool.</summary>
internal sealed class ToolTally
{
    public int Answered { get; private set; }

    public Dictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    public void Count(CallToolResult answer)
    {
        if (answer.IsError != true) Answered++;
        else if (answer.StructuredContent is { } content) Refused($"{content.GetProperty("error")}");
    }

    public override string ToString() => string.Join(" | ", Refusals.OrderByDescending(refusal => refusal.Value).Take(4).Select(r => $"{r.Value} {r.Key}"));

    private void Refused(string words) => Refusals[words] = Refusals.GetValueOrDefault(words) + 1;
}

/// <summary>Every tool, prompt, completion and resource called in every way at one level, with all that comes out kept by channel.</summary>
internal sealed class CanaryRun : IAsyncDisposable
{
    private readonly CanaryUpstream _upstream;
    private readonly World _world;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _channels = new(StringComparer.Ordinal);
    private readonly Planter _callers = new(99);

    private readonly bool _overHttp;

    private CanaryRun(CanaryUpstream upstream, World world, bool overHttp) => (_upstream, _world, _overHttp) = (upstream, world, overHttp);

    public IReadOnlyList<Canary> Planted => _upstream.Planted;

    /// <summary>Words that the caller itself put into arguments.</summary>
    public IReadOnlyList<Canary> Callers => _callers.Planted;

    public int Calls { get; private set; }

    public int Successes { get; private set; }

    /// <summary>How many calls of each tool were answered, and by what words the others were refused.</summary>
    public SortedDictionary<string, ToolTally> Tools { get; } = new(StringComparer.Ordinal);

    public int Asked => _upstream.Asked;

    public IReadOnlyCollection<string> Served => _upstream.Served;

    public IReadOnlyList<string> Channels => [.. _channels.Keys.Order(StringComparer.Ordinal)];

    public IEnumerable<string> Channel(string name) => _channels.GetValueOrDefault(name) ?? [];

    public static Task<CanaryRun> StartAsync(params (string, string)[] level) => StartAsync(overHttp: false, level);

    public static async Task<CanaryRun> StartAsync(bool overHttp, params (string, string)[] level)
    {
        var upstream = await CanaryUpstream.StartAsync();
        return new CanaryRun(upstream, await World.StartAsync([.. upstream.Settings(), .. level]), overHttp);
    }

    public async Task RunAsync()
    {
        using var signals = new Signals(Keep);
        var client = _overHttp ? await _world.ConnectHttpAsync() : await _world.ConnectAsync();
        foreach (var tool in await client.ListToolsAsync())
        {
            Tools[tool.Name] = new ToolTally();
            foreach (var mood in Enum.GetValues<Mood>())
            {
                _upstream.Mood = mood;
                var all = ArgumentSamples.Of(tool.ProtocolTool.InputSchema, () => _callers.Plant(_callers.Word(), "argument", tool.Name)).ToList();
                var scripted = ArgumentSamples.OfScript(tool.Name).ToList();
                foreach (var arguments in mood == Mood.Success ? [.. all, .. scripted] : all.Take(1).Concat(scripted.Take(1)).Append(all[^2]))
                    await CallAsync(client, tool.Name, arguments);
            }
        }

        _upstream.Mood = Mood.Success;
        await PlayAsync(client, DrCloudCalls.All);
        await OthersAsync(client);
        foreach (var file in Directory.EnumerateFiles(_world.DataDirectory, "*", SearchOption.AllDirectories))
        {
            Keep("file names", Path.GetFileName(file));

            // A copy of an export is a result like others: it holds what the level shows.
            var channel = Path.GetExtension(file) == ".ndjson" ? "results of exports" : "files";
            Keep(channel, System.Text.Encoding.Latin1.GetString(await ReadAsync(file)));
        }

        Keep("log", _world.Log.Text);
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    /// <summary>Calls of which each goes on from what the ones before said, such as an export.</summary>
    private async Task PlayAsync(McpClient client, IReadOnlyList<CallStep> script)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in script)
        {
            var arguments = JsonNode.Parse(step.FillKnown(kept))!.AsObject();
            if (await CallAsync(client, step.Tool, arguments) is { IsError: not true, StructuredContent: { } content }) step.RememberShown(content, kept);
        }
    }

    private async Task<CallToolResult?> CallAsync(McpClient client, string tool, JsonObject arguments)
    {
        var answer = await SendAsync(client, tool, arguments);
        if (answer?.StructuredContent is not { } content || !content.TryGetProperty("write", out var write)) return answer;
        if (!write.TryGetProperty("confirmation", out var confirmation)) return answer;
        arguments["confirmation"] = confirmation.GetString();
        return await SendAsync(client, tool, arguments);
    }

    private async Task<CallToolResult?> SendAsync(McpClient client, string tool, JsonObject arguments)
    {
        Calls++;
        try
        {
            var given = JsonElement.Parse(arguments.ToJsonString()).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
            var answer = await client.CallToolAsync(tool, given, new Reported(Keep));
            if (answer.IsError != true) Successes++;
            Tools[tool].Count(answer);
            Keep(answer.IsError == true ? "refusals" : $"results of {(tool is "extract_codes" or "lang2fhir_create" ? "transforms" : "look-ups")}",
                JsonSerializer.Serialize(answer, McpJsonUtilities.DefaultOptions));
            return answer;
        }
        catch (McpException refused)
        {
            Keep("protocol errors", refused.ToString());
            return null;
        }
    }

    private async Task OthersAsync(McpClient client)
    {
        _upstream.Mood = Mood.Success;
        foreach (var prompt in await client.ListPromptsAsync())
        {
            var given = prompt.ProtocolPrompt.Arguments!.ToDictionary(a => a.Name, _ => (object?)"sample", StringComparer.Ordinal);
            Keep("prompts", JsonSerializer.Serialize(await prompt.GetAsync(given), McpJsonUtilities.DefaultOptions));
            foreach (var argument in prompt.ProtocolPrompt.Arguments!)
            {
                var offered = await client.CompleteAsync(new PromptReference { Name = prompt.Name }, argument.Name, "a");
                Keep("completions", string.Join('\n', offered.Completion.Values));
            }
        }

        if (client.ServerCapabilities.Resources is null) return;
        foreach (var resource in await client.ListResourcesAsync())
            Keep("resources", resource.Uri + JsonSerializer.Serialize(await resource.ReadAsync(), McpJsonUtilities.DefaultOptions));
    }

    private sealed class Reported(Action<string, string> keep) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => keep("progress", $"{value.Message}");
    }

    private void Keep(string channel, string text) => _channels.GetOrAdd(channel, _ => new()).Enqueue(text);

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
