using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.PhenoML.Agents;

/// <summary>What the agent says and which tool it calls: by words of the message, so that the same message has the same answer.</summary>
internal static class AgentReply
{
    private const string Marked = " [Sandbox engine: answered by rules, not by a language model.]";

    /// <summary>The tool that a message asks for: by its name, or by "find FIRST LAST" where the agent has search_subjects.</summary>
    /// <param name="message">What the user wrote; a JSON object in it is taken as the tool's arguments.</param>
    /// <param name="tools">Names of the tools that the agent has.</param>
    public static (string Tool, JsonObject Arguments)? Wanted(string message, IReadOnlyList<string> tools)
    {
        var named = tools.Where(tool => message.Contains(tool, StringComparison.OrdinalIgnoreCase)).MaxBy(tool => tool.Length);
        if (named is not null) return (named, Arguments(message) ?? PersonNamed(message) ?? []);
        return tools.Contains("search_subjects") && PersonNamed(message) is { } person ? ("search_subjects", person) : null;
    }

    /// <summary>The words of an answer without a tool: of a demo patient it knows the chart's first lines.</summary>
    public static string Text(string message)
    {
        var about = Data.Person.All.FirstOrDefault(person => message.Contains(person.Last, StringComparison.OrdinalIgnoreCase))
            ?? (message.Contains("patient", StringComparison.OrdinalIgnoreCase) ? Data.Person.All[0] : null);
        return about is null
            ? "I can look into charts when I am asked about a patient by name, and I can call the tools that I was given." + Marked
            : $"Based on the patient records, {about.FullName} was born on {about.BirthDate} and lives at {about["street"]}, {about["city"]}. "
                + $"{about.First} {about.Last} can be reached at {about["mobile"]}. Current medications include metformin 500 mg twice daily. "
                + "The most recent hemoglobin A1c was 7.2 %. No allergies are on record." + Marked;
    }

    public static string After(string tool, string answer) => $"I called {tool}. It answered: {answer}{Marked}";

    private static JsonObject? Arguments(string message)
    {
        var (from, to) = (message.IndexOf('{', StringComparison.Ordinal), message.LastIndexOf('}'));
        try
        {
            return from >= 0 && to > from ? JsonNode.Parse(message[from..(to + 1)]) as JsonObject : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static JsonObject? PersonNamed(string message)
    {
        var words = message.Split([' ', '?', '.', ',', '!'], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(words, word => word.Equals("find", StringComparison.OrdinalIgnoreCase));
        return at < 0 || at + 2 >= words.Length ? null : new JsonObject { ["firstName"] = words[at + 1], ["lastName"] = words[at + 2] };
    }
}
