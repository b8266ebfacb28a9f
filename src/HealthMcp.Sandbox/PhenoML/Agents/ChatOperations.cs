using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.PhenoML.Registry;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Agents;

/// <summary>Conversations with agents: in one answer, or piece by piece as server-sent events.</summary>
internal sealed class ChatOperations(RecordShelf agents, RegistryOperations registry, SandboxOptions options)
{
    private readonly ConcurrentDictionary<string, ChatSession> _sessions = new(AgentSeeds.Sessions.ToDictionary(session => session.Id));
    private int _made;

    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/agent/chat", _ => PhenoMlSystem.BadRequest("message and agent_id are required")) { Slow = ChatAsync },
        new("POST", "/agent/stream-chat", Stream),
        new("GET", "/agent/chat/messages", Messages),
    ];

    private async Task<Answer> ChatAsync(Exchange exchange, CancellationToken cancellation)
    {
        var (refusal, turn, session) = Begin(exchange);
        if (refusal is not null) return refusal;
        if (!session!.TryEnter()) return Busy();
        try
        {
            var text = new StringBuilder();
            await foreach (var told in turn!.RunAsync((_, _, _) => Task.CompletedTask, cancellation)) text.Append(told.Text("content"));
            return Answer.Json(new JsonObject
            {
                ["success"] = true,
                ["message"] = "Response generated successfully",
                ["response"] = text.ToString(),
                ["session_id"] = session.Id,
            });
        }
        finally
        {
            session.Leave();
        }
    }

    private Answer Stream(Exchange exchange)
    {
        var (refusal, turn, session) = Begin(exchange);
        if (refusal is not null) return refusal;
        return new Answer(200, [], "text/event-stream") { Stream = (body, cancellation) => StreamAsync(turn!, session!, body, cancellation) }
            .With("Cache-Control", "no-cache");
    }

    private async Task StreamAsync(ChatTurn turn, ChatSession session, Stream body, CancellationToken cancellation)
    {
        if (!session.TryEnter())
        {
            await SendAsync(body, new JsonObject { ["type"] = "error", ["session_id"] = session.Id, ["success"] = false, ["message"] = "Session is active" });
            return;
        }

        try
        {
            var before = options.BeforeChatPiece ?? ((_, _, _) => Task.CompletedTask);
            await foreach (var told in turn.RunAsync(before, cancellation)) await SendAsync(body, told);
        }
        finally
        {
            session.Leave();
        }

        async Task SendAsync(Stream to, JsonObject told)
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes($"event: {told.Text("type")}\ndata: {told.ToJsonString()}\n\n"), cancellation);
            await to.FlushAsync(cancellation);
        }
    }

    private (Answer? Refusal, ChatTurn? Turn, ChatSession? Session) Begin(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || body.Text("message") is not { Length: > 0 } message || body.Text("agent_id") is not { } agentId)
            return (PhenoMlSystem.BadRequest("message and agent_id are required"), null, null);
        if (agents.Find(agentId) is not { } agent || SessionOf(body.Text("session_id")) is not { } session)
            return (PhenoMlSystem.NotFound("Agent or session not found"), null, null);
        if (session.IsActive) return (Busy(), null, null);
        var tools = (agent["tools"] as JsonArray ?? []).Select(id => registry.Tool(id!.ToString())).OfType<JsonObject>().ToList();
        return (null, new ChatTurn(session, message, tools, options.Time), session);
    }

    private ChatSession? SessionOf(string? id)
    {
        if (id is not null) return _sessions.GetValueOrDefault(id);
        var made = new ChatSession(DeterministicId.Of("phenoml", "session", Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture)));
        return _sessions[made.Id] = made;
    }

    private Answer Messages(Exchange exchange)
    {
        if (exchange.Query.First("chat_session_id") is not { } id || !_sessions.TryGetValue(id, out var session))
            return PhenoMlSystem.NotFound("Chat session not found");
        var roles = exchange.Query.First("role")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var all = session.Messages.Where(message => roles.Length == 0 || roles.Contains(message.Text("role"))).ToList();
        if (exchange.Query.First("order") is "desc" or "DESC") all.Reverse();
        var most = exchange.Query.Number("num_messages", all.Count, least: 0) ?? all.Count;
        return Answer.Json(new JsonObject { ["messages"] = Json.Array(all.Take(most)), ["total"] = all.Count, ["session_id"] = id });
    }

    private static Answer Busy() => PhenoMlSystem.Conflict("Chat session already has an active request. Retry after the in-flight turn completes");
}
