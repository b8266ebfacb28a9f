using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

/// <summary>The sessions of clients up to 2025-11-25: bounded in number, and each in how long it may lie idle.</summary>
internal sealed class SessionStore(HttpHostOptions options, McpServerOptions shared, ILoggerFactory loggers, TimeProvider time, IServiceProvider? services)
{
    private const int IdBytes = 24;

    private readonly ConcurrentDictionary<string, Session> sessions = new(StringComparer.Ordinal);

    public int Count => sessions.Count;

    /// <summary>Null when there are as many sessions as there may be, and all of them are at work.</summary>
    public async ValueTask<Session?> OpenAsync(SessionOwner owner)
    {
        await SweepAsync();
        if (sessions.Count >= options.MaxSessions && !await EvictAsync())
        {
            return null;
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var transport = new StreamableHttpServerTransport(loggers) { SessionId = id, FlowExecutionContextFromRequests = true };
        return sessions[id] = new Session(id, owner, transport, McpServer.Create(transport, shared, loggers, services), time);
    }

    /// <summary>A foreign session is as unknown as one that never was.</summary>
    public Session? Find(string id, SessionOwner owner) =>
        sessions.TryGetValue(id, out var session) && session.Owner == owner && !Idle(session) ? session : null;

    public async ValueTask CloseAsync(Session session)
    {
        if (sessions.TryRemove(session.Id, out _))
        {
            await session.DisposeAsync();
        }
    }

    public Task CloseAllAsync() => Task.WhenAll(sessions.Values.Select(session => CloseAsync(session).AsTask()));

    /// <summary>Lazily, when a session is opened: the cap bounds what can pile up in between.</summary>
    public async ValueTask SweepAsync()
    {
        foreach (var session in sessions.Values.Where(Idle))
        {
            await CloseAsync(session);
        }
    }

    private bool Idle(Session session) => !session.Busy && time.GetElapsedTime(session.LastUsed) > options.SessionIdle;

    /// <summary>
    /// Clients that leave without a DELETE are common; the one unused for longest makes room, and may come back with initialize. It is one of
    /// whoever has the most, so that opening many takes nothing from others.
    /// </summary>
    private async ValueTask<bool> EvictAsync()
    {
        var oldest = sessions.Values.Where(session => !session.Busy)
            .GroupBy(session => session.Owner, (_, own) => (Count: own.Count(), Oldest: own.MinBy(session => session.LastUsed)!))
            .OrderByDescending(group => group.Count)
            .ThenBy(group => group.Oldest.LastUsed)
            .FirstOrDefault()
            .Oldest;
        if (oldest is null)
        {
            return false;
        }

        await CloseAsync(oldest);
        return true;
    }
}
