using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>A clinical concept: the DTO of its kind, and what searches look at besides.</summary>
internal sealed record Concept(string Id, string Kind, string SubjectId, string Date, IReadOnlyList<(string System, string Code)> Codes, JsonObject Body)
{
    public string Text { get; } = string.Join(' ', Leaves(Body)).ToLowerInvariant();

    public static IEnumerable<Concept> Of(Person person) =>
        Chart.Of(person).Where(line => ConceptKind.Members.ContainsKey(line.Kind)).Select(line => From(person, line));

    private static Concept From(Person person, ChartLine line)
    {
        var id = line.Id(person, "xcures/concept");
        var codes = line.Codes.ToList();
        var body = new JsonObject
        {
            ["id"] = id,
            ["documentIds"] = Json.Strings(DeterministicId.Of("xcures", "document", person.Key, line.Date.Length > 3 ? line.Date[..4] : "intake")),
        };
        if (codes.Count > 0)
        {
            body["codes"] = Json.Strings(codes.Select(code => $"{code.System}|{code.Code}"));
        }

        foreach (var member in ConceptKind.Members[line.Kind])
        {
            var name = member.TrimEnd('[', ']', '{', '}', '#', '?', '@');
            if (line[name].Length > 0)
            {
                body[name] = Typed(line, name, member[^1]);
            }
        }

        return new(id, line.Kind, person.SubjectId, line.Date, codes, body);
    }

    private static JsonNode Typed(ChartLine line, string name, char mark) => mark switch
    {
        ']' => Json.Strings(line.List(name)),
        '}' => Json.Array(line.List(name).Select(item => new JsonObject { ["ingredient"] = item })),
        '#' => decimal.Parse(line[name], CultureInfo.InvariantCulture),
        '?' => line[name] == "true",
        '@' => line[name] + "T00:00:00.000Z",
        _ => line[name],
    };

    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(member => member.Key is not ("id" or "documentIds")).SelectMany(member => Leaves(member.Value)),
        JsonArray items => items.SelectMany(Leaves),
        JsonValue value => [value.ToString()],
        _ => [],
    };
}
