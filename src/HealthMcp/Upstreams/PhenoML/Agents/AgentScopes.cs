namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>Scopes of everything that acts by itself: agents, prompts, chats and workflows.</summary>
internal static class AgentScopes
{
    public const string Read = "phenoml/agents.read";
    public const string Write = "phenoml/agents.write";
}
