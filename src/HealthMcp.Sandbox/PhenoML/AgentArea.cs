using System.Text.Json.Nodes;
using HealthMcp.Sandbox.PhenoML.Agents;
using HealthMcp.Sandbox.PhenoML.Registry;
using HealthMcp.Sandbox.PhenoML.Workflows;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>All that acts by itself: agents with their prompts and conversations, workflows, and the registry of MCP servers whose tools agents call.</summary>
internal sealed class AgentArea
{
    private static readonly BodyRule PromptRule = new(
        ["name", "content"],
        new Dictionary<string, string> { ["name"] = "text", ["description"] = "text", ["content"] = "text", ["is_default"] = "flag", ["tags"] = "texts" });

    private static readonly BodyRule AgentRule = new(
        ["name", "prompts", "provider"],
        new Dictionary<string, string>
        {
            ["name"] = "text",
            ["description"] = "text",
            ["prompts"] = "texts",
            ["tools"] = "texts",
            ["workflows"] = "texts",
            ["tags"] = "texts",
            ["provider"] = "uuids",
        });

    public AgentArea(SandboxOptions options)
    {
        var prompts = new ConfiguredOperations("Prompt", "/agent/prompts", "/agent/prompts/{id}", PromptRule, AgentSeeds.Prompts) { PutMerges = true };
        var agents = new ConfiguredOperations("Agent", "/agent/create", "/agent/{id}", AgentRule, AgentSeeds.Agents)
        {
            Refers = agent => (agent["prompts"] as JsonArray ?? []).All(id => prompts.Shelf.Find(id!.ToString()) is not null),
        };
        Registry = new RegistryOperations(options);
        Operations =
        [
            .. prompts.Operations, .. agents.Operations, .. new ChatOperations(agents.Shelf, Registry, options).Operations,
            .. new WorkflowOperations().Operations, .. Registry.Operations,
        ];
    }

    public RegistryOperations Registry { get; }

    public IReadOnlyList<Operation> Operations { get; }
}
