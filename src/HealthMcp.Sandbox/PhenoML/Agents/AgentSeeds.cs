using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.PhenoML.Agents;

/// <summary>The agents, prompts and chats that are there from the start: those of the vendor's own examples.</summary>
internal static class AgentSeeds
{
    public const string Provider = "7002b0b4-8d09-445a-bf65-0fafdaf26c35";

    public static IEnumerable<JsonObject> Prompts =>
    [
        Prompt("prompt_123", "Medical Assistant System Prompt", "System prompt for medical assistant agent",
            "You are a helpful medical assistant specialized in FHIR data processing.", "medical", "system"),
        Prompt("prompt_456", "Clinical Coding Prompt", "Prompt for ICD-10 / SNOMED coding tasks",
            "You assist with mapping clinical text to standard codes.", "coding"),
    ];

    public static IEnumerable<JsonObject> Agents =>
    [
        Agent("agent_123", "Medical Assistant", "An AI assistant for medical information processing", "prompt_123", "medical", "fhir"),
        Agent("agent_456", "Clinical Coding Assistant", "Helps with ICD-10 and SNOMED coding", "prompt_456", "coding"),
        Agent("agent-123", "Chart Assistant", "Answers questions about the demo patients", "prompt_123", "demo"),
    ];

    public static IEnumerable<ChatSession> Sessions => [Session("session-abc123"), Session("session_123")];

    private static ChatSession Session(string id)
    {
        var session = new ChatSession(id);
        session.Say("user", "What is the patient's current condition?", "2025-03-01T14:00:00Z");
        session.Say(
            "assistant", "Based on the patient records, they have been diagnosed with Type 2 Diabetes Mellitus (ICD-10: E11.65).", "2025-03-01T14:00:02Z");
        return session;
    }

    private static JsonObject Prompt(string id, string name, string description, string content, params string[] tags) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["description"] = description,
        ["content"] = content,
        ["is_default"] = false,
        ["tags"] = Serving.Json.Strings(tags),
    };

    private static JsonObject Agent(string id, string name, string description, string prompt, params string[] tags) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["description"] = description,
        ["prompts"] = new JsonArray(prompt),
        ["tags"] = Serving.Json.Strings(tags),
        ["provider"] = new JsonArray(Provider),
    };
}
