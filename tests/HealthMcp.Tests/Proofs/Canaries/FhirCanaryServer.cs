using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Tests.Contracts.Traffic;
using HealthMcp.Tests.Proofs.R4;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>Answers FHIR requests with resources full of markers.</summary>
internal sealed class FhirCanaryServer(Planter planter, CanaryFiles files)
{
    private const string Lines = "bulk-";
    private const string Chart = "chart-";

    /// <summary>What the vendor grants to a key, and what only a person's sign-in may do there: here one token holds it all.</summary>
    public const string Scopes = "system/*.read system/Patient.$export system/*.$bulkdata-status system/Binary.read system/DocumentReference.$docref "
        + "system/Practitioner.write";

    /// <summary>Whether a request is of the bulk export or of a generated document, which answer in their own forms.</summary>
    public (int Status, string Type, byte[] Body, string? Location)? Special(string method, string path, string root)
    {
        if (path.EndsWith("/$export", StringComparison.Ordinal)) return (202, "text/plain", [], $"{root}/fhir/$bulkdata-status?job={Secret("job")}");
        if (path.EndsWith("$bulkdata-status", StringComparison.Ordinal)) return method == "DELETE" ? (202, "text/plain", [], null) : Json(Ready(root));
        if (path.EndsWith("/$docref", StringComparison.Ordinal)) return Json(Document(root));
        var id = path[(path.LastIndexOf('/') + 1)..];
        if (id.StartsWith(Lines, StringComparison.Ordinal)) return (200, "application/fhir+ndjson", Bytes(Records(id.Split('-')[1])), null);
        return id.StartsWith(Chart, StringComparison.Ordinal) ? (200, "application/xml", files.Of("ccda").Content, null) : null;
    }

    /// <param name="method">POST makes a resource, where GET searches.</param>
    /// <param name="path">Behind the base, such as <c>Patient/1/_history</c>; xCures writes types in lower case.</param>
    public string Answer(string method, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["metadata"]) return FhirStub.Vendor;
        if (method == "POST" && parts is [var made]) return Resource(made, CallStep.Unknown);
        var type = R4Definitions.Table.Resources.FirstOrDefault(known => known.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        if (type is null) return "{}";
        return parts switch
        {
            [_] => FhirStub.Bundle("collection", null, Resource(type, null), Resource(type, null)),
            [_, var id, "_history"] => FhirStub.Bundle("history", null, Resource(type, id), Resource(type, id)),
            [_, var id, ..] => Resource(type, id),
            _ => "{}",
        };
    }

    private JsonObject Ready(string root) => new()
    {
        ["transactionTime"] = new JsonObject { ["date"] = "2024-03-14 10:00:00.000000", ["timezone_type"] = 3, ["timezone"] = "UTC" },
        ["request"] = $"{root}/fhir/Patient/$export?who={Secret("request")}",
        ["requiresAccessToken"] = true,
        ["output"] = new JsonArray([.. new[] { "Patient", "Observation", "DocumentReference" }.Select(type => (JsonNode)File(root, type))]),
        ["error"] = new JsonArray(File(root, "OperationOutcome")),
    };

    private JsonObject File(string root, string type) => new() { ["type"] = type, ["url"] = $"{root}/fhir/Binary/{Lines}{type}-{Secret("file")}" };

    private string Records(string type) => string.Concat(Enumerable.Range(0, 3).Select(_ => Resource(type, null) + "\n"));

    private string Secret(string where) => planter.Plant(planter.Word(), "secret", where);

    private JsonObject Document(string root)
    {
        var reference = FhirCanaries.Resource("DocumentReference", planter);
        var attachment = new JsonObject { ["contentType"] = "application/xml", ["url"] = $"{root}/fhir/Binary/{Chart}{Secret("chart")}" };
        reference["content"] = new JsonArray(new JsonObject { ["attachment"] = attachment });
        var entry = new JsonObject { ["resource"] = reference };
        return new JsonObject { ["resourceType"] = "Bundle", ["type"] = "collection", ["entry"] = new JsonArray(entry) };
    }

    private static (int, string, byte[], string?) Json(JsonObject body) => (200, "application/json", Bytes(body.ToJsonString()), null);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private string Resource(string type, string? id)
    {
        var made = FhirCanaries.Resource(type, planter);
        if (id is not null) made["id"] = JsonValue.Create(id);
        return made.ToJsonString();
    }
}
