using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>
/// Takes the <c>server/discover</c> requests aside to a server of their own. The SDK's server is of the modern era from its first one on and would
/// refuse <c>initialize</c>; but a client that asked, waited in vain for a slow start and fell back to the older handshake must be served.
/// </summary>
internal sealed class DiscoverTransport(StdioTransport main) : ITransport
{
    private readonly Channel<JsonRpcMessage> incoming = Channel.CreateUnbounded<JsonRpcMessage>();

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => incoming.Reader;

    /// <returns>False when the message is another one.</returns>
    public bool Takes(JsonRpcMessage message) => message is JsonRpcRequest { Method: RequestMethods.ServerDiscover } && incoming.Writer.TryWrite(message);

    public void End() => incoming.Writer.TryComplete();

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => main.SendMessageAsync(message, cancellationToken);

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }
}
