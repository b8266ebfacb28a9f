using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>Arguments of <c>chat_with_agent</c>.</summary>
internal sealed record ChatInput : WriteInput
{
    [Description("What to say to the agent, e.g. \"What is the patient's current condition?\". It is sent to PhenoML, a third party.")]
    [MinLength(1), MaxLength(50_000)]
    public required string Message { get; init; }

    [Description("The agent: its handle (agent_…) from list_agents.")]
    [Handle("agent", "phenoml"), MaxLength(100)]
    public required string AgentId { get; init; }

    [Description("session_id (sess_…) of an earlier answer, to go on with that conversation. Leave it out for a new one.")]
    [Handle("sess", "phenoml"), MaxLength(100)]
    public string? SessionId { get; init; }

    [Description("How the agent should answer, e.g. \"Respond concisely and with clear rationale\".")]
    [MinLength(1), MaxLength(20_000)]
    public string? Context { get; init; }

    [Description("Let the agent think longer: slower, better.")]
    [DefaultValue(false)]
    public bool? EnhancedReasoning { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ChatInput);
}

/// <summary>Arguments of <c>get_chat_messages</c>.</summary>
internal sealed record ChatMessagesInput : PagedInput
{
    [Description("The conversation: session_id (sess_…) of an answer of chat_with_agent.")]
    [Handle("sess", "phenoml"), MaxLength(100)]
    public required string ChatSessionId { get; init; }

    [Description("How many messages at most.")]
    [Range(1, 1000)]
    public int? NumMessages { get; init; }

    [Description("Only these: user (what was said to the agent), assistant (what it said), model (its calls of tools), function (what tools answered).")]
    [AllowedValues("user", "assistant", "model", "function"), MaxLength(4)]
    public IReadOnlyList<string>? Role { get; init; }

    [Description("asc: oldest first. desc: newest first.")]
    [AllowedValues("asc", "desc")]
    public string? Order { get; init; }
}

/// <summary>What is sent: the arguments that belong to the vendor.</summary>
internal sealed record ChatBody(string? Message, string? Context, string? SessionId, string AgentId, bool? EnhancedReasoning)
{
    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ChatBody);
}
