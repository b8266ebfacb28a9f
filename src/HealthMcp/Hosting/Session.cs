using System.Security.Claims;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

/// <summary>A conversation of a client up to 2025-11-25. It belongs to whoever opened it.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly CancellationTokenSource closed = new();
    private readonly TimeProvider time;
    private readonly Task serving;
    private int active;
    private int listening;

    public Session(string id, SessionOwner owner, StreamableHttpServerTransport transport, McpServer server, TimeProvider time)
    {
        (Id, Owner, Transport, Server, this.time) = (id, owner, transport, server, time);
        LastUsed = time.GetTimestamp();
        serving = server.RunAsync(closed.Token);
    }

    public string Id { get; }

    public SessionOwner Owner { get; }

    public StreamableHttpServerTransport Transport { get; }

    public McpServer Server { get; }

    public long LastUsed { get; private set; }

    public CancellationToken Closed => closed.Token;

    public bool Busy => Volatile.Read(ref active) > 0;

    /// <summary>Set by the server once it has agreed with the client on a version.</summary>
    public bool Initialized => Server.NegotiatedProtocolVersion is not null;

    /// <summary>The SDK's transport gives its stream of events out once only.</summary>
    public bool TryListen() => Interlocked.Exchange(ref listening, 1) == 0;

    public IDisposable Use()
    {
        Interlocked.Increment(ref active);
        LastUsed = time.GetTimestamp();
        return new Lease(this);
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await closed.CancelAsync();
        try
        {
            await serving;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        await Server.DisposeAsync();
    }

    private sealed class Lease(Session session) : IDisposable
    {
        public void Dispose()
        {
            session.LastUsed = session.time.GetTimestamp();
            Interlocked.Decrement(ref session.active);
        }
    }
}

/// <summary>Who a session belongs to: the subject and its issuer, not the token, which is renewed while the session lasts.</summary>
internal readonly record struct SessionOwner(string? Issuer, string? Subject)
{
    public static SessionOwner Of(ClaimsPrincipal? user)
    {
        var subject = user?.FindFirst("sub") ?? user?.FindFirst(ClaimTypes.NameIdentifier);
        return new(subject?.Issuer, subject?.Value);
    }
}
