using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.FhirR4;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Tests.Proofs.R4;

namespace HealthMcp.Tests.FhirR4;

/// <summary>The check over all of R4, and over resources with a hole anywhere.</summary>
public sealed class StructureTableTests
{
    public static TheoryData<string> Holes => new("null", "\"\"", "{}", "[]");

    [Fact]
    public void Every_element_of_every_type_that_redaction_knows_is_known_here_with_its_type()
    {
        var types = 0;
        foreach (var type in R4Definitions.Table.Resources)
        {
            using var sample = JsonDocument.Parse(new R4Sample(Leaf).Of(type).ToJsonString());
            StructureCheck.Of(sample.RootElement, int.MaxValue).Where(p => p.Kind is not (ProblemKind.Cardinality or ProblemKind.Binding)).ShouldBeEmpty(type);
            types++;
        }

        types.ShouldBe(146);
    }

    [Theory]
    [MemberData(nameof(Holes))]
    public void A_hole_is_found_wherever_it_is(string hole)
    {
        var holes = 0;
        foreach (var resource in FhirStore.Instance.Value.All.DistinctBy(one => one["resourceType"]!.ToString()))
        {
            for (var at = 0; Punched(resource, at, hole) is var (json, name); at++, holes++)
            {
                var found = StructureCheckTests.Check(json);
                found.ShouldContain(problem => problem.Kind != ProblemKind.Unknown && problem.Kind != ProblemKind.Target);
                found.ShouldContain(problem => name.StartsWith(Last(problem.Location), StringComparison.Ordinal), $"{name}: {string.Join(' ', found)}");
            }
        }

        holes.ShouldBeGreaterThan(500);
    }

    // Values of the form of their type; what a reference says is another test's.
    private static JsonNode? Leaf(R4Leaf leaf) => leaf.Element.Property is "comparator" || leaf.Element.Path.StartsWith("Reference.", StringComparison.Ordinal)
        ? null
        : leaf.Element.Type switch
        {
            "boolean" => JsonValue.Create(true),
            "integer" or "positiveInt" or "unsignedInt" => JsonValue.Create(1),
            "decimal" => JsonNode.Parse("1.50"),
            "date" => "2024-02-29",
            "dateTime" => "2024",
            "instant" => "2024-02-29T23:59:60.5+14:00",
            "time" => "23:59:00",
            "base64Binary" => "YQ==",
            "oid" => "urn:oid:1.2.3",
            "uuid" => "urn:uuid:0f0f0f0f-0000-4000-8000-000000000001",
            "uri" or "url" or "canonical" => "urn:a",
            "xhtml" => "<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>",
            "Extension" or "Resource" => null,
            _ => "a",
        };

    // The resource with its value of that number, counted through all objects and arrays, replaced; and the name of the property it is of.
    private static (string Json, string Name)? Punched(JsonObject resource, int at, string hole)
    {
        var copy = resource.DeepClone();
        if (Nodes(copy, "").Skip(at + 1).FirstOrDefault(node => node.Name != "resourceType") is not { Node: { } node, Name: var name }) return null;
        var value = JsonNode.Parse(hole);
        if (node.Parent is JsonArray list) list[list.IndexOf(node)] = value;
        else node.Parent![node.GetPropertyName()] = value;
        return (copy.ToJsonString(), name);
    }

    private static IEnumerable<(JsonNode Node, string Name)> Nodes(JsonNode node, string name)
    {
        if (name != "resourceType") yield return (node, name);
        var below = node switch
        {
            JsonObject members => members.Where(member => member.Value is not null).SelectMany(member => Nodes(member.Value!, member.Key)),
            JsonArray items => items.OfType<JsonNode>().SelectMany(item => Nodes(item, name)),
            _ => [],
        };
        foreach (var one in below) yield return one;
    }

    private static string Last(string location)
    {
        var bare = System.Text.RegularExpressions.Regex.Replace(location, @"\.ofType\(\w+\)|\[\d+\]", "");
        return bare[(bare.LastIndexOf('.') + 1)..];
    }
}
