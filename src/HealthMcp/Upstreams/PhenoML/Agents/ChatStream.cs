using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>
/// Follows one answer of an agent while it is written. Each piece of text is handed to the pipeline, which shows what can be shown of it; the answer is
/// all pieces together. Whatever breaks off leaves open what the agent has done.
/// </summary>
internal sealed class ChatStream(UpstreamClient client, CallContext call)
{
    /// <summary>How a caller finds out what became of a message whose answer was lost.</summary>
    public const string FindOut = "the agent may have acted already, so read the conversation with get_chat_messages before you send it again";

    /// <summary>Characters of an answer; a stream that never ends must not fill the memory.</summary>
    private const int Most = 1024 * 1024;

    /// <exception cref="CallFailureException">The stream did not end as it should.</exception>
    public async Task<byte[]> FollowAsync(UpstreamRequest request, CancellationToken cancellation)
    {
        using var lines = await client.OpenAsync(request, call, null, cancellation);
        var (text, tools, session, ended) = (new StringBuilder(), new JsonArray(), (string?)null, false);
        try
        {
            await foreach (var told in ChatEvents.ReadAsync(lines, cancellation))
            {
                session ??= Text(told, "session_id");
                var type = Text(told, "type");
                if (type == "content_delta" && Text(told, "content") is { } piece) Take(piece, text);
                if (type == "tool_use" && Text(told, "function_name") is { } tool) tools.Add(tool);
                ended = type is "message_end" or "error";
                if (type == "error" || (ended && told.TryGetProperty("success", out var well) && well.ValueKind == JsonValueKind.False)) throw Broken();
                if (ended) break;
            }
        }
        catch (CallFailureException failure) when (failure.Retryable)
        {
            throw Broken();
        }

        if (!ended) throw Broken();
        return Row(session, text.ToString(), tools);
    }

    /// <summary>The answer as a row of <c>phenoml.turn</c>.</summary>
    public static byte[] Row(string? session, string? text, JsonArray tools)
    {
        var row = new JsonObject { ["session_id"] = session, ["response"] = text };
        if (tools.Count > 0) row["tools"] = tools;
        return Encoding.UTF8.GetBytes(row.ToJsonString());
    }

    private void Take(string piece, StringBuilder text)
    {
        text.Append(piece);
        if (text.Length > Most) throw UpstreamFailures.TooLarge(PhenoMLEndpoints.System);
        call.Pieces?.Invoke(piece);
    }

    private static CallFailureException Broken() => UpstreamFailures.InDoubt(PhenoMLEndpoints.System, FindOut);

    private static string? Text(JsonElement told, string name) =>
        told.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
