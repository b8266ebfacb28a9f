using System.IO.Pipelines;
using HealthMcp.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Hosting;

public sealed class SdkClientTests
{
    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_SDKs_client_is_served_over_stdio(string version)
    {
        var server = new FakeServer();
        Pipe up = new(), down = new();
        var running = new StdioHost(server.Options(), NullLoggerFactory.Instance).RunAsync(
            up.Reader.AsStream(), down.Writer.AsStream(), CancellationToken.None);
        await using (var client = await McpClient.CreateAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream()), Options(version)))
        {
            await ExerciseAsync(client, version);
        }

        await up.Writer.CompleteAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_SDKs_client_is_served_over_HTTP(string version)
    {
        await using var server = await HttpServer.StartAsync();
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = server.Endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
        });
        await using var client = await McpClient.CreateAsync(transport, Options(version));

        await ExerciseAsync(client, version);
        (client.SessionId is null).ShouldBe(version == "2026-07-28");
    }

    [Fact]
    public async Task A_tool_may_ask_the_user_in_the_middle_of_a_call_of_a_session()
    {
        await using var server = await HttpServer.StartAsync();
        var options = Options("2025-11-25");
        options.Handlers.ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "decline" });
        await using var client = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = server.Endpoint }), options);

        Text(await client.CallToolAsync("ask")).ShouldBe("decline");
    }

    [Fact]
    public async Task A_client_that_cancels_reaches_the_tool()
    {
        await using var server = await HttpServer.StartAsync();
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = server.Endpoint }),
            Options("2026-07-28"));
        using var cancel = new CancellationTokenSource();
        var calling = client.CallToolAsync("wait", cancellationToken: cancel.Token).AsTask();
        await server.Fake.Entered.Task;
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(calling);
        await server.Fake.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task ExerciseAsync(McpClient client, string version)
    {
        client.NegotiatedProtocolVersion.ShouldBe(version);
        (await client.ListToolsAsync()).Select(tool => tool.Name).ShouldBe(["echo"]);
        Text(await client.CallToolAsync("echo", new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = "Zoë \"q\"" })).ShouldBe("echo Zoë \"q\"");
        Text(await client.CallToolAsync("whoami")).ShouldStartWith($"nobody sdk {version}");
    }

    private static McpClientOptions Options(string version) =>
        new() { ProtocolVersion = version, ClientInfo = new Implementation { Name = "sdk", Version = "1" } };

    private static string Text(CallToolResult result) => ((TextContentBlock)result.Content.Single()).Text;
}
