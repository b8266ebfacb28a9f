using HealthMcp.Catalog;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>Operations about agents, their prompts and conversations with them.</summary>
internal static class AgentEndpoints
{
    private const string OneAgent = "/agent/{id}";
    private const string OnePrompt = "/agent/prompts/{id}";

    /// <summary>An agent may act while it answers, so a message is a write, and never sent twice by itself.</summary>
    public static readonly Endpoint Chat =
        Of("POST", "/agent/chat", Effect.Create, "phenoml.chat") with { Longest = TimeSpan.FromMinutes(5), Discloses = true };

    public static readonly Endpoint StreamChat =
        Of("POST", "/agent/stream-chat", Effect.Create, "phenoml.chat.event") with { Longest = TimeSpan.FromMinutes(5), Discloses = true };

    public static readonly Endpoint Messages = Of("GET", "/agent/chat/messages", Effect.Read, "phenoml.message") with { Rows = "messages" };

    public static readonly Endpoint ListAgents = Of("GET", "/agent/list", Effect.Read, "phenoml.agent") with { Rows = "agents" };

    public static readonly Endpoint ListPrompts = Of("GET", "/agent/prompts/list", Effect.Read, "phenoml.prompt") with { Rows = "prompts" };

    public static readonly RecordKind Agent = new("agent", "agent_id", "phenoml.agent")
    {
        Get = Of("GET", OneAgent, Effect.Read, "phenoml.agent.answer"),
        Create = Of("POST", "/agent/create", Effect.Create, "phenoml.agent.answer"),
        Put = Of("PUT", OneAgent, Effect.Update, "phenoml.agent.answer"),
        Patch = Of("PATCH", OneAgent, Effect.Update, "phenoml.agent.answer"),
        Delete = Of("DELETE", OneAgent, Effect.Delete, "phenoml.agent.answer"),
        List = "list_agents",
        Needed = ["name", "prompts", "provider"],
    };

    public static readonly RecordKind Prompt = new("prompt", "prompt_id", "phenoml.prompt")
    {
        Get = Of("GET", OnePrompt, Effect.Read, "phenoml.prompt.answer"),
        Create = Of("POST", "/agent/prompts", Effect.Create, "phenoml.prompt.answer"),
        Put = Of("PUT", OnePrompt, Effect.Update, "phenoml.prompt.answer"),
        Patch = Of("PATCH", OnePrompt, Effect.Update, "phenoml.prompt.answer"),
        Delete = Of("DELETE", OnePrompt, Effect.Delete, "phenoml.prompt.answer"),
        List = "list_prompts",
        Needed = ["name", "content"],
    };

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Chat, StreamChat, Messages, ListAgents, ListPrompts, .. Saves(Agent), Agent.Delete, .. Saves(Prompt), Prompt.Delete,
    ];

    /// <summary>What saving a record of this kind may call.</summary>
    public static IReadOnlyList<Endpoint> Saves(RecordKind kind) =>
        kind.Patch is { } patch ? [kind.Create, kind.Put, patch, kind.Get] : [kind.Create, kind.Put, kind.Get];

    private static Endpoint Of(string method, string path, Effect effect, string shape) => new(PhenoMLEndpoints.System, method, path, effect, shape);
}
