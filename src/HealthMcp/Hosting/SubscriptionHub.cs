using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Hosting;

/// <summary>
/// Serves subscriptions/listen and tells its listeners about changes. The SDK's own handler grants nothing in stateless mode,
/// where there is no session to keep a subscription in: here the open request is the subscription.
/// </summary>
internal sealed class SubscriptionHub(SubscriptionsListenNotifications offered)
{
    private const int Backlog = 64;

    private readonly ConcurrentDictionary<Listener, byte> listeners = [];

    public int Listeners => listeners.Count;

    public void ToolsChanged() => Publish(NotificationMethods.ToolListChangedNotification, granted => granted.ToolsListChanged is true);

    public void PromptsChanged() => Publish(NotificationMethods.PromptListChangedNotification, granted => granted.PromptsListChanged is true);

    public void ResourcesChanged() => Publish(NotificationMethods.ResourceListChangedNotification, granted => granted.ResourcesListChanged is true);

    public void ResourceUpdated(string uri) =>
        Publish(NotificationMethods.ResourceUpdatedNotification, granted => granted.ResourceSubscriptions?.Contains(uri) is true, uri);

    /// <summary>For <see cref="McpServerHandlers.SubscriptionsListenHandler"/>: runs until the client or the server goes away.</summary>
    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken ct)
    {
        var listener = new Listener(Grant(request.Params.Notifications));
        listeners[listener] = 0;
        try
        {
            var acknowledged = new JsonObject { ["notifications"] = JsonSerializer.SerializeToNode(listener.Granted, GrantedInfo) };
            // Whatever becomes of the subscription, the client learns that it had one.
            await SendAsync(request, NotificationMethods.SubscriptionsAcknowledgedNotification, acknowledged, CancellationToken.None);
            await foreach (var change in listener.Changes.Reader.ReadAllAsync(ct))
            {
                await SendAsync(request, change.Method, change.Uri is null ? [] : new JsonObject { ["uri"] = change.Uri }, ct);
            }

            return new EmptyResult();
        }
        finally
        {
            listeners.TryRemove(listener, out _);
        }
    }

    private static readonly System.Text.Json.Serialization.Metadata.JsonTypeInfo GrantedInfo =
        McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(SubscriptionsListenNotifications));

    private static Task SendAsync(RequestContext<SubscriptionsListenRequestParams> request, string method, JsonObject content, CancellationToken ct)
    {
        var id = request.JsonRpcRequest.Id;
        content["_meta"] = new JsonObject { [MetaKeys.SubscriptionId] = id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(id.ToString()) };
        return request.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = content }, ct);
    }

    private SubscriptionsListenNotifications Grant(SubscriptionsListenNotifications? asked) => new()
    {
        ToolsListChanged = Both(asked?.ToolsListChanged, offered.ToolsListChanged),
        PromptsListChanged = Both(asked?.PromptsListChanged, offered.PromptsListChanged),
        ResourcesListChanged = Both(asked?.ResourcesListChanged, offered.ResourcesListChanged),
        ResourceSubscriptions = offered.ResourceSubscriptions is null ? null : asked?.ResourceSubscriptions,
    };

    private static bool? Both(bool? asked, bool? offered) => asked is true && offered is true ? true : null;

    private void Publish(string method, Func<SubscriptionsListenNotifications, bool> wanted, string? uri = null)
    {
        foreach (var (listener, _) in listeners)
        {
            if (wanted(listener.Granted))
            {
                listener.Changes.Writer.TryWrite((method, uri));
            }
        }
    }

    private sealed class Listener(SubscriptionsListenNotifications granted)
    {
        public SubscriptionsListenNotifications Granted => granted;

        /// <summary>Bounded, because a listener may stop reading: it then misses old news, not the newest.</summary>
        public Channel<(string Method, string? Uri)> Changes { get; } =
            Channel.CreateBounded<(string, string?)>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
    }
}
