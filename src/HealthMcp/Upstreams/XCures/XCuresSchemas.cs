using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.XCures;

/// <summary>
/// JSON Schemas of <c>data</c>. They name the fields an agent will look for and require none: each may be withheld, or left out by
/// <c>fields</c>.
/// </summary>
internal static class XCuresSchemas
{
    public const string Subjects = """
        {"type":"array","items":{"type":"object","properties":{
        "id":{"type":"string","description":"Handle (subj_…) that other xCures tools take."},
        "firstName":{"type":"string"},"middleName":{"type":"string"},"lastName":{"type":"string"},
        "birthDate":{"type":"string","description":"YYYY-MM-DD, or the year where days are withheld."},
        "deathDate":{"type":"string"},
        "gender":{"type":["string","null"]},
        "addressCity":{"type":"string"},"addressState":{"type":"string"},"addressPostalCode":{"type":"string"},
        "labels":{"type":"array","items":{"type":"string"}},
        "cohortNames":{"type":"array","items":{"type":"string"}},
        "created":{"type":"string"},"updated":{"type":"string"}}}}
        """;

    /// <summary>An object with one list per kind; one record where a single concept was asked for.</summary>
    public static string Concepts { get; } = OfKinds().ToJsonString();

    private static JsonObject OfKinds()
    {
        var row = """{"type":"object","properties":{"id":{"type":"string","description":"Handle (cc_…), to read this concept alone."},"documentIds":{"type":"array","items":{"type":"string"},"description":"Handles (doc_…) of the source documents."}}}""";
        var properties = new JsonObject();
        foreach (var kind in ConceptKinds.All)
        {
            properties[kind] = new JsonObject { ["type"] = new JsonArray("array", "object"), ["items"] = JsonNode.Parse(row) };
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }
}
