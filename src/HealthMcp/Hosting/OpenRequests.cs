using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>
/// What would keep a stdio server waiting for ever once its input has ended: its own requests that nobody will answer now, and
/// subscriptions that end only when the client says so. At the end of input it speaks for the client that has gone.
/// </summary>
internal sealed class OpenRequests
{
    private const string Gone = "The client has closed its end: nobody can answer a question.";

    private readonly Lock gate = new();
    private readonly HashSet<RequestId> asked = [];
    private readonly HashSet<RequestId> listening = [];
    private bool ended;

    public void Received(JsonRpcMessage message)
    {
        lock (gate)
        {
            if (message is JsonRpcRequest { Method: RequestMethods.SubscriptionsListen } listen)
            {
                listening.Add(listen.Id);
            }
            else if (message is JsonRpcResponse or JsonRpcError)
            {
                asked.Remove(((JsonRpcMessageWithId)message).Id);
            }
        }
    }

    public void Sending(JsonRpcMessage message)
    {
        lock (gate)
        {
            if (message is JsonRpcRequest request)
            {
                if (ended)
                {
                    throw new McpException(Gone);
                }

                asked.Add(request.Id);
            }
            else if (message is JsonRpcResponse or JsonRpcError)
            {
                listening.Remove(((JsonRpcMessageWithId)message).Id);
            }
        }
    }

    /// <summary>The messages that let every waiting handler finish.</summary>
    public IReadOnlyList<JsonRpcMessage> End()
    {
        lock (gate)
        {
            ended = true;
            return
            [
                .. asked.Select(id => JsonRpcErrors.Create(id, JsonRpcErrors.Refused, Gone)),
                .. listening.Select(Cancel),
            ];
        }
    }

    private static JsonRpcNotification Cancel(RequestId id) => new()
    {
        Method = NotificationMethods.CancelledNotification,
        Params = new JsonObject { ["requestId"] = id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(id.ToString()) },
    };
}
