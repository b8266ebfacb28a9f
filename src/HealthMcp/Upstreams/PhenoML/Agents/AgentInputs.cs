using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>Arguments of <c>list_agents</c>.</summary>
internal sealed record ListAgentsInput : PagedInput
{
    [Description("Only agents with this tag, exactly as written; several separated by commas.")]
    [NoNames, MinLength(1), MaxLength(200)]
    public string? Tags { get; init; }
}

/// <summary>Arguments of <c>get_agent</c>.</summary>
internal sealed record GetAgentInput : ToolInput
{
    [Description("The agent: its handle (agent_…) from list_agents.")]
    [Handle("agent", "phenoml"), MaxLength(100)]
    public required string AgentId { get; init; }
}

/// <summary>Arguments of <c>save_agent</c>.</summary>
internal sealed record SaveAgentInput : WriteInput
{
    [Description("The agent to change: its handle (agent_…) from list_agents. Leave it out to make a new one.")]
    [Handle("agent", "phenoml"), MaxLength(100)]
    public string? AgentId { get; init; }

    [Description("Name of the agent, e.g. Medical Assistant. Needed for a new one.")]
    [MinLength(1), MaxLength(200)]
    public string? Name { get; init; }

    [Description("What the agent is for, in a sentence.")]
    [MaxLength(2000)]
    public string? Description { get; init; }

    [Description("Its prompts: handles (prompt_…) from list_prompts, all of them. Needed for a new one.")]
    [Handle("prompt", "phenoml"), MaxLength(50)]
    public IReadOnlyList<string>? Prompts { get; init; }

    [Description("Tools of registered MCP servers that it may call: handles (mcptool_…) from list_mcp_server_tools, all of them.")]
    [Handle("mcptool", "phenoml"), MaxLength(500)]
    public IReadOnlyList<string>? Tools { get; init; }

    [Description("Workflows that it may run as tools: handles (workflow_…) from list_workflows, all of them.")]
    [Handle("workflow", "phenoml"), MaxLength(100)]
    public IReadOnlyList<string>? Workflows { get; init; }

    [Description("Tags for finding it again, all of them.")]
    [MaxLength(50)]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("FHIR providers whose records it works on: handles (fprov_…) or UUIDs, one or more. Needed for a new one.")]
    [Handle("fprov", "phenoml"), MinLength(1), MaxLength(20)]
    public IReadOnlyList<string>? Provider { get; init; }

    [Description("With agent_id: replace the whole agent, so that what is left out here is gone. Default: only what is given is changed.")]
    [DefaultValue(false)]
    public bool? Replace { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SaveAgentInput);
}

/// <summary>Arguments of <c>delete_agent</c>.</summary>
internal sealed record DeleteAgentInput : WriteInput
{
    [Description("The agent to delete: its handle (agent_…) from list_agents.")]
    [Handle("agent", "phenoml"), MaxLength(100)]
    public required string AgentId { get; init; }
}

/// <summary>Arguments of <c>list_prompts</c>.</summary>
internal sealed record ListPromptsInput : PagedInput;

/// <summary>Arguments of <c>get_prompt</c>.</summary>
internal sealed record GetPromptInput : ToolInput
{
    [Description("The prompt: its handle (prompt_…) from list_prompts.")]
    [Handle("prompt", "phenoml"), MaxLength(100)]
    public required string PromptId { get; init; }
}

/// <summary>Arguments of <c>save_prompt</c>.</summary>
internal sealed record SavePromptInput : WriteInput
{
    [Description("The prompt to change: its handle (prompt_…) from list_prompts. Leave it out to make a new one.")]
    [Handle("prompt", "phenoml"), MaxLength(100)]
    public string? PromptId { get; init; }

    [Description("Name of the prompt. Needed for a new one.")]
    [MinLength(1), MaxLength(200)]
    public string? Name { get; init; }

    [Description("What the prompt is for, in a sentence.")]
    [MaxLength(2000)]
    public string? Description { get; init; }

    [Description("The prompt itself: what agents that use it are told. Needed for a new one. Put no patient's data in it.")]
    [MinLength(1), MaxLength(50_000)]
    public string? Content { get; init; }

    [Description("Whether it is a default prompt.")]
    public bool? IsDefault { get; init; }

    [Description("Tags for finding it again, all of them.")]
    [MaxLength(50)]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("With prompt_id: replace the whole prompt instead of changing only what is given.")]
    [DefaultValue(false)]
    public bool? Replace { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SavePromptInput);
}

/// <summary>Arguments of <c>delete_prompt</c>.</summary>
internal sealed record DeletePromptInput : WriteInput
{
    [Description("The prompt to delete: its handle (prompt_…) from list_prompts.")]
    [Handle("prompt", "phenoml"), MaxLength(100)]
    public required string PromptId { get; init; }
}

/// <summary>Arguments of the tools about agents, prompts and chats; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListAgentsInput))]
[JsonSerializable(typeof(GetAgentInput))]
[JsonSerializable(typeof(SaveAgentInput))]
[JsonSerializable(typeof(DeleteAgentInput))]
[JsonSerializable(typeof(ListPromptsInput))]
[JsonSerializable(typeof(GetPromptInput))]
[JsonSerializable(typeof(SavePromptInput))]
[JsonSerializable(typeof(DeletePromptInput))]
[JsonSerializable(typeof(ChatInput))]
[JsonSerializable(typeof(ChatMessagesInput))]
[JsonSerializable(typeof(ChatBody))]
internal sealed partial class AgentsJson : JsonSerializerContext;
