using System.Globalization;
using System.Text.Json.Nodes;

namespace HealthMcp.FhirR4;

/// <summary>
/// A Provenance (R4, 6.3) that says that an AI wrote resources, after the profile AI Provenance of hl7.fhir.uv.aitransparency: reason AIAST, the AI as author.
/// The AI is a contained Device without a name of a product: a client's own word about itself is no fact. Whoever approved is known as a person and no more.
/// It is not itself labelled AIAST: a program of ours asserts it, and no AI does.
/// </summary>
internal static class AiProvenance
{
    private const string Participants = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private const string Operations = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

    /// <param name="targets">What was written, as references: Condition/1, or with its version Condition/1/_history/2.</param>
    /// <param name="isNew">It was made; else changed.</param>
    /// <param name="review">Who looked at it before, in words.</param>
    /// <param name="byPerson">A person did.</param>
    /// <param name="recorded">When it was written.</param>
    public static JsonObject Of(IEnumerable<string> targets, bool isNew, string review, bool byPerson, DateTimeOffset recorded)
    {
        var agents = new JsonArray(Agent("author", "Author", new JsonObject { ["reference"] = "#ai", ["display"] = "An AI agent, by way of HealthMcp" }));
        if (byPerson) agents.Add((JsonNode)Agent("verifier", "Verifier", new JsonObject { ["display"] = "A person, on HealthMcp's approval page" }));
        return new JsonObject
        {
            ["resourceType"] = "Provenance",
            ["contained"] = new JsonArray(new JsonObject
            {
                ["resourceType"] = "Device",
                ["id"] = "ai",
                ["deviceName"] = new JsonArray(new JsonObject { ["name"] = "AI agent using HealthMcp", ["type"] = "user-friendly-name" }),
                ["type"] = new JsonObject { ["text"] = "Artificial intelligence" },
            }),
            ["target"] = new JsonArray([.. targets.Select(target => (JsonNode)new JsonObject { ["reference"] = target })]),
            ["recorded"] = recorded.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["activity"] = Concept(Operations, isNew ? "CREATE" : "UPDATE", isNew ? "create" : "revise", review),
            ["reason"] = new JsonArray(new JsonObject { ["coding"] = new JsonArray(AiLabel.Coding()) }),
            ["agent"] = agents,
        };
    }

    private static JsonObject Agent(string code, string display, JsonObject who) =>
        new() { ["type"] = Concept(Participants, code, display, null), ["who"] = who };

    private static JsonObject Concept(string system, string code, string display, string? text)
    {
        var concept = new JsonObject
        {
            ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code, ["display"] = display }),
        };
        if (text is not null) concept["text"] = text;
        return concept;
    }
}
