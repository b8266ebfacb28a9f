using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Agents;
using HealthMcp.Upstreams.PhenoML.Registry;
using HealthMcp.Upstreams.PhenoML.Workflows;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>All that acts by itself at PhenoML: agents and chats, workflows, and the registry whose tools agents call.</summary>
internal static class AgentAreas
{
    public static IReadOnlyList<Endpoint> Endpoints { get; } = [.. AgentEndpoints.All, .. WorkflowEndpoints.All, .. RegistryEndpoints.All];

    public static IReadOnlyList<IToolSet> ToolSets(UpstreamClient client, PhenoMLExtras extras) =>
    [
        new AgentTools(client, extras.Outbound), new PromptTools(client, extras.Outbound), new ChatTools(client, extras),
        new WorkflowTools(client, extras.Outbound),
        new WorkflowRunTools(client, extras.Outbound),
        new RegistryTools(client), new RegistryWriteTools(client),
    ];
}
