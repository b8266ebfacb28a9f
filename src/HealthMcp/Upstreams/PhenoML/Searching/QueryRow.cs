using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.PhenoML.Searching;

/// <summary>
/// A search as a row of its own (shape <c>phenoml.query</c>): each parameter in a member that says what it asks for, because the query of a URL cannot be
/// redacted word by word (decision 0016).
/// </summary>
internal static class QueryRow
{
    public const string Shape = "phenoml.query";

    public const string Schema = """
        {"type":"object","properties":{"resource_type":{"type":"string"},"parameters":{"type":"array","items":{"type":"object","properties":{
        "parameter":{"type":"string"},"code":{"type":"string"},"prefix":{"type":"string"},"date":{"type":"string"},"reference":{"type":"string"},
        "control":{"type":"string"},"other":{"type":"string"}}}}}}
        """;

    public static byte[] Of(string type, IEnumerable<SearchPair> pairs) => PhenoMLBody.Of(
        ("resource_type", type), ("parameters", new JsonArray([.. pairs.Select(pair => (JsonNode)Parameter(pair))])));

    private static JsonObject Parameter(SearchPair pair)
    {
        // A name that is none of FHIR's stands where names are withheld.
        if (!pair.IsKnown) return new JsonObject { ["other"] = $"{pair.Name}={pair.Value}" };
        var row = new JsonObject { ["parameter"] = pair.Name };
        switch (pair.Asks)
        {
            case Asks.Clinical: row["code"] = pair.Value; break;
            case Asks.Reference: row["reference"] = pair.Value; break;
            case Asks.Control when IsControl(pair.Value): row["control"] = pair.Value; break;
            case Asks.Date when pair.When is var (prefix, date):
                if (prefix.Length > 0) row["prefix"] = prefix;
                row["date"] = date;
                break;
            default: row["other"] = pair.Value; break;
        }

        return row;
    }

    private static bool IsControl(string value) => value.All(char.IsAsciiDigit)
        || value.Split(',').All(key => new SearchPair(key.TrimStart('-'), "").Asks is Asks.Clinical or Asks.Date);
}
