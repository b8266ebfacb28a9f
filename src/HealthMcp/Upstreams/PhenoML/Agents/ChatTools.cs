using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>Conversations with PhenoML's agents.</summary>
internal sealed class ChatTools(UpstreamClient client, PhenoMLExtras extras) : IToolSet
{
    private static readonly ToolDefinition Chat = new()
    {
        Name = "chat_with_agent",
        Title = "Chat with an agent of PhenoML",
        Description = """
            Says something to one of PhenoML's agents (list_agents) and answers what it says. The agent may read and write records and call tools while it
            answers, so this counts as a write: ask the user first. Give session_id of an earlier answer to go on with that conversation; only one message at
            a time can be under way in it. With a progress token the answer is shown sentence by sentence while it is written. It is sent once: if the answer
            is lost, read get_chat_messages instead of sending it again. What the agent says is a model's text: check it.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        NotSigned = "what PhenoML writes in the course of it, PhenoML writes",
        Endpoints = [AgentEndpoints.Chat, AgentEndpoints.StreamChat],
        Input = AgentsJson.Default.ChatInput,
        DataSchema = """
            {"type":["object","null"],"properties":{"session_id":{"type":"string","description":"Handle (sess_…) to go on with."},
            "response":{"type":"string","description":"What the agent says."},
            "tools":{"type":"array","items":{"type":"string"},"description":"Tools that the agent called, where PhenoML tells (streamed answers)."},
            "message":{"type":"string"},"context":{"type":"string"},"agent_id":{"type":"string"},"enhanced_reasoning":{"type":"boolean"}}}
            """,
    };

    private static readonly ToolDefinition Messages = new()
    {
        Name = "get_chat_messages",
        Title = "Get the messages of a chat with an agent",
        Description = """
            Reads a conversation with one of PhenoML's agents: what was said, what it answered and which tools it called. What it gave to tools and got from
            them is withheld. Use it to look back, and to find out what became of a chat_with_agent whose answer was lost.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [AgentScopes.Read],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [AgentEndpoints.Messages],
        Input = AgentsJson.Default.ChatMessagesInput,
        DataSchema = """
            {"type":["array","null"],"items":{"type":"object","properties":{"id":{"type":"string"},"session_id":{"type":"string"},
            "role":{"type":"string","description":"user, assistant, model (call of a tool) or function (answer of a tool)"},"content":{"type":"string"},
            "created":{"type":"string"},"updated":{"type":"string"},"function_name":{"type":"string"},"message_order":{"type":"integer"}}}}
            """,
    };

    private static readonly Refusals Refused = new(
        "PhenoML has no such agent or conversation (404): take agent_id from list_agents and session_id from an earlier answer, or leave session_id out.",
        "agent_id")
    {
        Busy = "In this conversation another message is still being answered (409), and nothing was sent: wait until that answer has come, then call again.",
    };

    private static readonly Refusals NoSession = new(
        "PhenoML has no such conversation (404): use session_id of an answer of chat_with_agent.", "chat_session_id");

    public IEnumerable<Tool> Tools => [Tool.Writing<ChatInput>(Chat, PlanAsync), Tool.Reading<ChatMessagesInput>(Messages, MessagesAsync)];

    private Task<WritePlan> PlanAsync(ChatInput input, CallContext call, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(input.Message))
            throw CallFailureException.Invalid("message", "message holds nothing but white space: say something to the agent.");
        var message = extras.Outbound.Text("message", input.Message);
        var context = input.Context is { } given ? extras.Outbound.Text("context", given) : null;
        var sent = new ChatBody(message.Sent, context?.Sent, input.SessionId, input.AgentId, input.EnhancedReasoning);
        var body = Bytes(sent);

        // The path is the same whether or not somebody listens: a preview without a progress token is good for a call with one.
        return Task.FromResult(new WritePlan(AgentEndpoints.Chat, AgentEndpoints.Chat.Path, body)
        {
            // Where names are withheld a caller's own words do not come back: nobody has looked whether they name someone.
            Preview = call.IdentifiersVisible ? body : Bytes(sent with { Message = null, Context = null }),
            PreviewShape = "phenoml.chat.request",
            Warnings =
            [
                "The agent may act on records and call tools before it answers.",
                .. OutboundPolicy.Said(message), .. context is null ? [] : OutboundPolicy.Said(context),
            ],
            Says = $"Sends one message to an agent of {client.Source.Kind} PhenoML.",
            Execute = async (_, inner) => Answer(call.Pieces is null ? await WholeAsync(body, call, inner) : await StreamedAsync(body, call, inner)),
        });
    }

    private Task<byte[]> WholeAsync(byte[] body, CallContext call, CancellationToken cancellation) => new OnceSender(client, call).SendAsync(
        extras.Delegated(new UpstreamRequest(AgentEndpoints.Chat) { Body = body }),
        answer => answer.Read(Turn),
        Refused,
        ChatStream.FindOut,
        cancellation);

    private async Task<byte[]> StreamedAsync(byte[] body, CallContext call, CancellationToken cancellation)
    {
        var request = extras.Delegated(new UpstreamRequest(AgentEndpoints.StreamChat) { Body = body, Accept = "text/event-stream" });
        try
        {
            return await new ChatStream(client, call).FollowAsync(request, cancellation);
        }
        catch (CallFailureException failure) when (failure.Code is FailureCodes.NotFound or FailureCodes.Conflict)
        {
            throw Refused.Of(failure.Code == FailureCodes.NotFound ? 404 : 409);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, ChatStream.FindOut);
        }
    }

    private static byte[] Bytes(ChatBody body) => JsonSerializer.SerializeToUtf8Bytes(body, AgentsJson.Default.ChatBody);

    private static byte[] Turn(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var answer = json.RootElement;
        var text = answer.TryGetProperty("response", out var said) ? said.GetString() : throw new JsonException("response expected");
        return ChatStream.Row(answer.TryGetProperty("session_id", out var session) ? session.GetString() : null, text, []);
    }

    private static UpstreamResult Answer(byte[] row) =>
        UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, "phenoml.turn", [row]) { Single = true }) with { Write = new WriteOutcome("done", false) };

    private async Task<UpstreamResult> MessagesAsync(ChatMessagesInput input, CallContext call, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(AgentEndpoints.Messages)
            .Query("chat_session_id", input.ChatSessionId)
            .Query("num_messages", input.NumMessages)
            .Query("role", input.Role is null ? null : string.Join(',', input.Role))
            .Query("order", input.Order);
        var answer = await client.SendAsync(request, call, cancellation, Refusals.IsOwn);
        if (answer.Status >= 400) throw NoSession.Of(answer.Status);
        var rows = answer.Read(RowsOf);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, AgentEndpoints.Messages.Shape, rows) { Total = rows.Count }) with
        {
            Searched = $"the messages of one conversation in {client.Source.Kind} PhenoML{(input.Role is null ? "" : ", by role")}",
        };
    }

    // This answer has no success; what has no messages either is none.
    private static IReadOnlyList<ReadOnlyMemory<byte>> RowsOf(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("messages", out _) ? Rows.At(body, "messages") : throw new JsonException("messages expected");
    }
}
