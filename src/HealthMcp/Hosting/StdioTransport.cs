using System.Buffers;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>
/// One JSON-RPC message per line. The SDK's transport drops answers still pending at the end of input, answers nothing to a line it
/// cannot read, and reads lines of any length: hence this one.
/// </summary>
internal sealed class StdioTransport : ITransport
{
    private const int ReadAhead = 16;

    private readonly Stream input;
    private readonly Stream output;
    private readonly int maxLineBytes;
    private readonly Channel<JsonRpcMessage> incoming = Channel.CreateBounded<JsonRpcMessage>(ReadAhead);
    private readonly OpenRequests open = new();
    private readonly SemaphoreSlim writing = new(1, 1);

    public StdioTransport(Stream input, Stream output, int maxLineBytes)
    {
        (this.input, this.output, this.maxLineBytes) = (input, output, maxLineBytes);
        Discover = new DiscoverTransport(this);
    }

    public DiscoverTransport Discover { get; }

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => incoming.Reader;

    /// <summary>Reads to the end of input. Then the server has everything it will get, and finishes what it has begun.</summary>
    public async Task ReadToEndAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var line in new LineReader(input, maxLineBytes).ReadAsync(ct))
            {
                await AcceptAsync(line, ct);
            }

            foreach (var message in open.End())
            {
                await incoming.Writer.WriteAsync(message, ct);
            }
        }
        finally
        {
            incoming.Writer.TryComplete();
            Discover.End();
        }
    }

    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        open.Sending(message);
        var line = new ArrayBufferWriter<byte>();
        MessageWriter.Write(line, message);
        line.Write("\n"u8);
        await writing.WaitAsync(cancellationToken);
        try
        {
            // Not cancellable: half a line would spoil everything that follows it.
            await output.WriteAsync(line.WrittenMemory, CancellationToken.None);
            await output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            writing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        incoming.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private async ValueTask AcceptAsync(InputLine line, CancellationToken ct)
    {
        var arrival = Read(line);
        if (arrival.Message is { } message)
        {
            if (Discover.Takes(message)) return;
            open.Received(message);
            await incoming.Writer.WriteAsync(message, ct);
        }
        else if ((arrival.Refusal ?? (arrival.Batch is null ? null : JsonRpcErrors.Batch())) is { } refusal)
        {
            await SendMessageAsync(refusal, ct);
        }
    }

    private Arrival Read(InputLine line)
    {
        if (line.TooLong)
        {
            return new(null, null, JsonRpcErrors.TooLarge(maxLineBytes));
        }

        var bytes = line.Bytes.IsSingleSegment ? line.Bytes.FirstSpan : line.Bytes.ToArray();
        var start = bytes.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        return bytes[start..].IndexOfAnyExcept(" \t\r"u8) < 0 ? default : MessageParser.Parse(bytes[start..]);
    }
}
