using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>
/// Says of what is written into a FHIR server that an AI wrote it: a label on each resource, and beside them one Provenance. The Provenance needs the ids that
/// the server gives, so it is sent when the write has come back, once. Where it fails the write stands, and the answer says so.
/// </summary>
internal sealed class SignedWrites(ProviderFhir server, UpstreamClient client, CallContext call, TimeProvider time)
{
    private const string Type = "Provenance";
    private const string NoLabel = "The FHIR server did not keep the label AIAST (meta.security), so the record itself does not say that an AI wrote it.";

    private const string NoProvenance =
        "A Provenance that says that an AI wrote this could not be stored beside it: the server does not take one, or did not answer.";

    private const string NoIds = "No Provenance was stored beside this: the server gave no ids, or no new version, of what it wrote.";

    private const string Beside = "Provenance beside it names the AI as author";

    /// <summary>How the write says it.</summary>
    /// <param name="labelled">The resources are ours to label.</param>
    public string? Says(bool labelled)
    {
        if (call.Author is not { } author) return null;
        var review = author.Review == Review.Person ? " and a person as verifier" : "";
        return (labelled ? $"Each resource gets the label {AiLabel.Code} in meta.security, and one " : "One ") + Beside + review + ".";
    }

    /// <summary>Puts the label on, where writes are signed.</summary>
    public JsonObject Labelled(JsonObject resource)
    {
        if (call.Author is not null) AiLabel.Put(resource);
        return resource;
    }

    /// <summary>The body of a patch that also labels the record, as the patch leaves it.</summary>
    /// <param name="after">The record as it will be, without the label.</param>
    /// <param name="patch">Operations (RFC 6902), or a part that is merged in (RFC 7396).</param>
    public JsonNode Labelled(JsonObject after, JsonNode patch)
    {
        if (call.Author is null || AiLabel.IsOn(after)) return patch;
        var meta = after["meta"] as JsonObject;
        if (patch is JsonArray steps)
        {
            var (path, value) = meta is null ? ("/meta", new JsonObject { ["security"] = new JsonArray(AiLabel.Coding()) })
                : meta["security"] is JsonArray ? ("/meta/security/-", AiLabel.Coding())
                : ("/meta/security", (JsonNode)new JsonArray(AiLabel.Coding()));
            steps.Add((JsonNode)new JsonObject { ["op"] = "add", ["path"] = path, ["value"] = value });
            return steps;
        }

        // A list is merged whole, so the labels that are there go with it.
        var labels = meta?["security"] is JsonArray there ? (JsonArray)there.DeepClone() : [];
        labels.Add((JsonNode)AiLabel.Coding());
        ((JsonObject)patch)["meta"] = new JsonObject { ["security"] = labels };
        return patch;
    }

    /// <summary>Stores the Provenance of what was written.</summary>
    /// <param name="written">The resources as they read back.</param>
    /// <param name="isNew">All of them were made.</param>
    /// <param name="labelled">They were sent with the label.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the caller must hear.</returns>
    public async Task<IReadOnlyList<string>> ProveAsync(IReadOnlyList<JsonObject> written, bool isNew, bool labelled, CancellationToken cancellation)
    {
        if (call.Author is not { } author) return [];
        var targets = written.Select(Reference).OfType<string>().ToList();
        if (targets.Count == 0) return [NoIds];
        IReadOnlyList<string> lost = labelled && !written.All(AiLabel.IsOn) ? [NoLabel] : [];
        return await StoredAsync(AiProvenance.Of(targets, isNew, author.Mark, author.Review == Review.Person, time.GetUtcNow()), cancellation)
            ? lost
            : [.. lost, NoProvenance];
    }

    // What was written is written: neither a failure here nor a caller who waits no longer may look like one of it.
    private async Task<bool> StoredAsync(JsonObject provenance, CancellationToken cancellation)
    {
        try
        {
            var request = server.Request(ProviderEndpoints.Make, Type) with { Body = PhenoMLBody.Bytes(provenance) };
            var answer = await client.SendAsync(request, call, cancellation, ProviderFhir.IsOwn);
            return answer.Status < 400 && answer.Read(PhenoMLBody.Object).Text("resourceType") == Type;
        }
        catch (Exception e) when (e is CallFailureException or OperationCanceledException)
        {
            return false;
        }
    }

    private static string? Reference(JsonObject resource) => (resource.Text("resourceType"), resource.Text("id")) switch
    {
        ({ } type, { } id) when (resource["meta"] as JsonObject)?.Text("versionId") is { Length: > 0 } version => $"{type}/{id}/_history/{version}",
        ({ } type, { } id) => $"{type}/{id}",
        _ => null,
    };
}
