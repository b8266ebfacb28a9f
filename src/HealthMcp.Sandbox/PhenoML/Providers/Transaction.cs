using System.Text.Json.Nodes;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>Bundles of type transaction, where all or nothing is done and links between entries are resolved, and batch, where each stands alone.</summary>
internal static class Transaction
{
    public static Answer Run(FhirShelf records, JsonObject? bundle)
    {
        if (bundle?.Text("resourceType") != "Bundle" || bundle.Text("type") is not ("transaction" or "batch") || bundle["entry"] is not (null or JsonArray))
        {
            return FhirError.Outcome(400, "invalid", "A Bundle of type transaction or batch is wanted");
        }

        var entries = (bundle["entry"] as JsonArray ?? []).Select(entry => Step.Of(records, entry as JsonObject)).ToList();
        if (bundle.Text("type") == "transaction" && entries.Exists(step => !step.CanRun(records)))
        {
            return FhirError.Outcome(400, "processing", "An entry of the transaction cannot be carried out, so none was");
        }

        var links = entries.Where(step => step.FullUrl is not null && step.Reference is not null)
            .DistinctBy(step => step.FullUrl).ToDictionary(step => step.FullUrl!, step => step.Reference!, StringComparer.Ordinal);
        return Answer.Json(new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = bundle.Text("type") + "-response",
            ["entry"] = Json.Array(entries.Select(step => step.Run(records, links))),
        });
    }

    /// <summary>Puts what an entry became in the place of its temporary link.</summary>
    private static void Resolve(JsonNode? node, Dictionary<string, string> links)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Resolve(item, links);
            }
        }
        else if (node is JsonObject members)
        {
            if (members.Text("reference") is { } reference && links.TryGetValue(reference, out var real))
            {
                members["reference"] = real;
            }

            foreach (var (_, inner) in members.ToList())
            {
                Resolve(inner, links);
            }
        }
    }

    /// <summary>One entry. Its record has an id before anything is stored, so that others can refer to it.</summary>
    private sealed record Step(string Method, string? Reference, string? FullUrl, JsonObject? Resource)
    {
        public static Step Of(FhirShelf records, JsonObject? entry)
        {
            var (request, resource) = (entry?["request"] as JsonObject, entry?["resource"] as JsonObject);
            var (method, url) = (request?.Text("method") ?? "", request?.Text("url") ?? "");
            var reference = method == "POST" && resource?.Text("resourceType") == url ? $"{url}/{records.NewId(url)}" : url.Contains('/') ? url : null;
            return new(method, reference, entry?.Text("fullUrl"), resource);
        }

        public bool CanRun(FhirShelf records) => Reference is not null && Method switch
        {
            "POST" => Resource is not null,
            "PUT" => Resource?.Text("resourceType") == Reference.Split('/')[0],
            "DELETE" or "GET" => records.Find(Reference) is not null,
            _ => false,
        };

        public JsonObject Run(FhirShelf records, Dictionary<string, string> links)
        {
            if (!CanRun(records))
            {
                return new() { ["response"] = new JsonObject { ["status"] = "400 Bad Request" } };
            }

            switch (Method)
            {
                case "GET":
                    return new() { ["response"] = new JsonObject { ["status"] = "200 OK" }, ["resource"] = records.Find(Reference!) };
                case "DELETE":
                    records.Delete(Reference!);
                    return new() { ["response"] = new JsonObject { ["status"] = "204 No Content" } };
                default:
                    var resource = (JsonObject)Resource!.DeepClone();
                    Resolve(resource, links);
                    var isNew = records.Versions(Reference!) is null;
                    var stored = records.Put(Reference!, resource);
                    var location = $"{Reference}/_history/{stored["meta"]!["versionId"]}";
                    return new()
                    {
                        ["response"] = new JsonObject { ["status"] = isNew ? "201 Created" : "200 OK", ["location"] = location },
                        ["resource"] = new JsonObject { ["resourceType"] = stored.Text("resourceType"), ["id"] = stored.Text("id") },
                    };
            }
        }
    }
}
