using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Workflows;

/// <summary>Reads steps out of a workflow's instructions by their verbs and nouns, and writes them as the contract's graph.</summary>
internal static class WorkflowGraph
{
    private static readonly (string Word, string Type)[] Nouns =
    [
        ("patient", "Patient"), ("condition", "Condition"), ("observation", "Observation"), ("encounter", "Encounter"),
    ];

    private static readonly (string Word, string Type)[] Verbs = [("find", "search"), ("search", "search"), ("create", "create"), ("record the", "create")];

    /// <summary>The steps of a graph with all that their execution needs, as the verbose form shows them.</summary>
    public static JsonArray Detailed(string instructions, JsonObject sample, string provider)
    {
        var steps = new JsonArray();
        foreach (var (type, resource) in Read(instructions))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"step_{steps.Count + 1}_id");
            steps.Add(new JsonObject
            {
                ["id"] = id,
                ["name"] = $"{(type == "search" ? "Find" : "Create")} {resource}",
                ["description"] = type == "search" ? $"Search for an existing {resource}" : $"Create a FHIR {resource} resource",
                ["type"] = type,
                ["operation"] = new JsonObject { [$"{type}_definition"] = type == "search" ? Search(resource, sample) : Create(resource, sample) },
                ["provider_id"] = provider,
                ["dependencies"] = steps.Count == 0 ? [] : new JsonArray(steps[^1]!["id"]!.DeepClone()),
                ["dynamic_generation"] = false,
            });
        }

        return steps;
    }

    /// <summary>The same without what executes them.</summary>
    public static JsonArray Simple(JsonArray steps) => Json.Array(steps.Select(step =>
    {
        var simple = step!.DeepClone().AsObject();
        foreach (var name in new[] { "operation", "dependencies", "dynamic_generation" }) simple.Remove(name);
        return simple;
    }));

    private static IReadOnlyList<(string Type, string Resource)> Read(string instructions)
    {
        var found = new List<(string Type, string Resource)>();
        var verbs = Verbs.Select(verb => (verb.Type, At: instructions.IndexOf(verb.Word, StringComparison.OrdinalIgnoreCase)));
        foreach (var (type, at) in verbs.OrderBy(verb => verb.At))
        {
            if (at >= 0 && NounAfter(instructions[at..]) is { } resource && !found.Contains((type, resource))) found.Add((type, resource));
        }

        return found.Count > 0 ? found : [("search", "Patient")];
    }

    private static string? NounAfter(string text) => Nouns
        .Select(noun => (noun.Type, At: text.IndexOf(noun.Word, StringComparison.OrdinalIgnoreCase)))
        .Where(noun => noun.At >= 0).OrderBy(noun => noun.At).Select(noun => noun.Type).FirstOrDefault();

    private static JsonObject Search(string resource, JsonObject sample) => new()
    {
        ["original_query"] = $"find {resource} {string.Join(' ', Tokens(sample).Select(token => token.Token))}".TrimEnd(),
        ["resource_type"] = resource,
        ["search_parameters"] = Map(Tokens(sample).Select(token => (Parameter(token.Name), token.Token))),
        ["required_fields"] = new JsonArray("id"),
        ["runtime_placeholders"] = Map(Tokens(sample).Select(token => (token.Token, $"input.{token.Name}"))),
    };

    private static JsonObject Create(string resource, JsonObject sample) => new()
    {
        ["original_description"] = $"create {resource} from the input data",
        ["resource_type"] = resource,
        ["resource_template"] = new JsonObject { ["resourceType"] = resource, ["subject"] = new JsonObject { ["reference"] = "Patient/{{step_1_id}}" } },
        ["runtime_placeholders"] = Map(sample.Select(member => ($"{{{{{member.Key}}}}}", $"input.{member.Key}"))),
    };

    private static IEnumerable<(string Name, string Token)> Tokens(JsonObject sample) => sample
        .Select(member => member.Key)
        .Where(name => name.EndsWith("first_name", StringComparison.Ordinal) || name.EndsWith("last_name", StringComparison.Ordinal))
        .Select(name => (name, $"{{{{{name}}}}}"));

    private static string Parameter(string name) => name.EndsWith("last_name", StringComparison.Ordinal) ? "family" : "given";

    private static JsonObject Map(IEnumerable<(string Name, string Value)> members)
    {
        var map = new JsonObject();
        foreach (var (name, value) in members) map[name] = value;
        return map;
    }
}
