using System.IO.Pipelines;
using HealthMcp.Access;
using HealthMcp.Prompts;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Tests.Prompts;

/// <summary>The prompts as a client gets them, over the wire.</summary>
public sealed class PromptHandlersTests
{
    [Fact]
    public async Task A_client_lists_and_gets_each_prompt() => await WithClientAsync(async client =>
    {
        var prompts = await client.ListPromptsAsync();
        prompts.Count.ShouldBe(4);
        foreach (var prompt in prompts)
        {
            var values = prompt.ProtocolPrompt.Arguments!.ToDictionary(a => a.Name, a => (object?)$"value of {a.Name}", StringComparer.Ordinal);
            var text = (await client.GetPromptAsync(prompt.Name, values)).Messages.ShouldHaveSingleItem().Content.ShouldBeOfType<TextContentBlock>().Text;
            foreach (var argument in values) text.ShouldContain($"\"{argument.Value}\"");
            text.ShouldNotContain("{{");
        }
    });

    [Fact]
    public async Task A_client_is_told_what_is_missing() => await WithClientAsync(async client =>
    {
        var refused = await Should.ThrowAsync<McpProtocolException>(async () => await client.GetPromptAsync("vitals_intake"));
        refused.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        refused.Message.ShouldContain("The argument patient is missing.");
    });

    [Fact]
    public async Task Nothing_is_completed() => await WithClientAsync(async client =>
    {
        var answer = await client.CompleteAsync(new PromptReference { Name = "vitals_intake" }, "patient", "pt_");
        answer.Completion.Values.ShouldBeEmpty();
    });

    private static async Task WithClientAsync(Func<McpClient, Task> use)
    {
        var (up, down) = (new Pipe(), new Pipe());
        var options = new McpServerOptions { ServerInfo = new Implementation { Name = "test", Version = "1" } };
        var scopes = ScopeSet.Parse("xcures/subjects.read xcures/concepts.read phenoml/codes.read phenoml/fhir.create drcloud/fhir.read patients/vitals.write");
        PromptHandlers.AddTo(
            options.Handlers,
            new Lazy<PromptBook>(PromptBook.Embedded),
            new PromptAccess(_ => new Caller("local", "stdio", scopes), (_, _, _) => { }));
        await using var server = McpServer.Create(new StreamServerTransport(up.Reader.AsStream(), down.Writer.AsStream()), options);
        using var stop = new CancellationTokenSource();
        var running = server.RunAsync(stop.Token);
        await using (var client = await McpClient.CreateAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream()))) await use(client);
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
