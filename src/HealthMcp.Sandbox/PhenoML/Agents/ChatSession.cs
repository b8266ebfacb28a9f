using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Agents;

/// <summary>One conversation. Only one request may be active in it at a time. Thread-safe.</summary>
internal sealed class ChatSession(string id)
{
    private readonly Lock _gate = new();
    private readonly List<JsonObject> _messages = [];
    private bool _active;

    public string Id => id;

    public bool IsActive
    {
        get { lock (_gate) return _active; }
    }

    public IReadOnlyList<JsonObject> Messages
    {
        get { lock (_gate) return [.. _messages.Select(message => message.DeepClone().AsObject())]; }
    }

    /// <returns>False while another request is active.</returns>
    public bool TryEnter()
    {
        lock (_gate) return !_active && (_active = true);
    }

    public void Leave()
    {
        lock (_gate) _active = false;
    }

    public void Say(string role, string content, DateTimeOffset at) => Say(role, content, Json.Stamp(at));

    public void Say(string role, string content, string at) => Add(role, at, new JsonObject { ["content"] = content });

    /// <summary>Puts down that a tool was called, or what it answered.</summary>
    public void Note(string role, string function, string member, JsonObject value, DateTimeOffset at) =>
        Add(role, Json.Stamp(at), new JsonObject { ["content"] = "", ["function_name"] = function, [member] = value.DeepClone() });

    private void Add(string role, string at, JsonObject more)
    {
        lock (_gate)
        {
            var order = _messages.Count + 1;
            var message = new JsonObject
            {
                ["id"] = string.Create(CultureInfo.InvariantCulture, $"message_{id}_{order:000}"),
                ["session_id"] = id,
                ["role"] = role,
                ["created"] = at,
                ["updated"] = at,
                ["message_order"] = order,
            };
            foreach (var (name, value) in more) message[name] = value?.DeepClone();
            _messages.Add(message);
        }
    }
}
