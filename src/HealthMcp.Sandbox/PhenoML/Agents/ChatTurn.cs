using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.PhenoML.Registry;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Agents;

/// <summary>One turn of a conversation, as the events that the contract's stream has.</summary>
/// <param name="session">Where it belongs.</param>
/// <param name="message">What the user wrote.</param>
/// <param name="tools">Tools of the agent, as the registry holds them.</param>
/// <param name="time">Clock of the messages.</param>
internal sealed class ChatTurn(ChatSession session, string message, IReadOnlyList<JsonObject> tools, TimeProvider time)
{
    // Short and blind to words, as a model's tokens are: a piece ends in the middle of a name.
    private const int PieceLength = 14;

    /// <param name="beforePiece">Awaited before each piece of text with its number, from 1, and how many there are.</param>
    /// <param name="cancellation">The caller has gone.</param>
    public async IAsyncEnumerable<JsonObject> RunAsync(
        Func<int, int, CancellationToken, Task> beforePiece, [EnumeratorCancellation] CancellationToken cancellation)
    {
        session.Say("user", message, time.GetUtcNow());
        yield return Event("message_start");
        var text = new StringBuilder();
        if (AgentReply.Wanted(message, [.. tools.Select(tool => tool.Text("name")!)]) is var (name, arguments))
        {
            session.Note("model", name, "function_args", arguments, time.GetUtcNow());
            yield return Event("tool_use", ("function_name", name), ("function_args", arguments.DeepClone()));
            var answer = await CallAsync(name, arguments, cancellation);
            session.Note("function", name, "function_result", answer, time.GetUtcNow());
            yield return Event("tool_result", ("function_name", name), ("function_result", answer.DeepClone()));
            text.Append(AgentReply.After(name, answer.Text("text") ?? ""));
        }
        else
        {
            text.Append(AgentReply.Text(message));
        }

        var whole = text.ToString();
        var pieces = whole.Chunk(PieceLength).Select(piece => new string(piece)).ToList();
        for (var at = 0; at < pieces.Count; at++)
        {
            await beforePiece(at + 1, pieces.Count, cancellation);
            yield return Event("content_delta", ("content", pieces[at]));
        }

        session.Say("assistant", whole, time.GetUtcNow());
        yield return Event("message_end", ("success", true), ("message", "Response generated successfully"));
    }

    private async Task<JsonObject> CallAsync(string name, JsonObject arguments, CancellationToken cancellation)
    {
        var tool = tools.First(each => each.Text("name") == name);
        var (failed, text) = await RemoteServer.CallAsync(tool.Text("mcp_server_url")!, name, arguments, cancellation);
        return new JsonObject { ["is_error"] = failed, ["text"] = text };
    }

    private JsonObject Event(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var made = new JsonObject { ["type"] = type, ["session_id"] = session.Id };
        foreach (var (name, value) in more) made[name] = value;
        return made;
    }
}
