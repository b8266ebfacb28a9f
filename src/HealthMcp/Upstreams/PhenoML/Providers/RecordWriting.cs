using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>
/// Plans and sends the write of one record. The proxy passes on no condition on the version, so it is compared before the write is sent; what was written is
/// read back. Below the identified level answers do not repeat what was written (decision 0012).
/// </summary>
internal sealed class RecordWriting(ProviderFhir server, UpstreamClient client, CallContext call, SignedWrites signed)
{
    private const string Shape = "phenoml.fhir.change";
    private const string FindOut = "look with provider_fhir_search in that server, newest first (_sort -_lastUpdated)";

    public WritePlan Create(string type, JsonObject resource)
    {
        var request = server.Request(ProviderEndpoints.Make, type) with { Body = PhenoMLBody.Bytes(resource) };
        return Plan(request, "create", type, null, resource, $"Makes one {type} in that FHIR server.", async cancellation =>
        {
            var answer = await SendAsync(request, cancellation) ?? throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, FindOut);
            var made = PhenoMLWriter.Read(answer, PhenoMLBody.Object, FindOut);
            var id = made.Text("id") ?? throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, FindOut);
            var now = await LookAsync(type, id, cancellation);
            var said = await signed.ProveAsync([now ?? made], isNew: true, labelled: true, cancellation);
            return Result("create", type, null, now ?? made, now is not null && Holds(now, resource), said);
        });
    }

    public WritePlan Replace(string type, string id, JsonObject? seen, JsonObject resource)
    {
        var request = server.Request(ProviderEndpoints.Upsert, type, id) with { Body = PhenoMLBody.Bytes(resource) };
        var says = seen is null ? $"Makes one {type} with an id of the caller's in that FHIR server." : $"Replaces one {type} in that FHIR server, whole.";
        return Plan(request, "upsert", type, seen, resource, says, cancellation => ChangeAsync(request, "upsert", type, id, seen, resource, cancellation));
    }

    public WritePlan Change(string type, string id, JsonObject seen, JsonObject after, (string Type, byte[] Body) patch)
    {
        var request = server.Request(ProviderEndpoints.Patch, type, id) with { Body = patch.Body, ContentType = patch.Type };
        var plan = Plan(request, "patch", type, seen, after, $"Changes one {type} in that FHIR server.",
            cancellation => ChangeAsync(request, "patch", type, id, seen, after, cancellation));
        // What a patch touches, not what it changes: else a guess that changes nothing would be told as right.
        if (!call.IdentifiersVisible) plan = plan with { Preview = PhenoMLBody.Bytes(View("patch", type, seen, null, JsonPatch.Touched(patch.Body))) };
        return patch.Type == ProviderFhir.FhirJson ? plan : plan with
        {
            Warnings = ["PhenoML passes JSON Patch on as application/fhir+json; a server that insists on its own type refuses it, and then resource merges a part in."],
        };
    }

    public WritePlan Remove(string type, string id, JsonObject seen)
    {
        var request = server.Request(ProviderEndpoints.Remove, type, id);
        return Plan(request, "delete", type, seen, null, $"Removes one {type} from that FHIR server.",
            cancellation => ChangeAsync(request, "delete", type, id, seen, null, cancellation));
    }

    private WritePlan Plan(
        UpstreamRequest request,
        string action,
        string type,
        JsonObject? before,
        JsonObject? after,
        string says,
        Func<CancellationToken, Task<UpstreamResult>> send) =>
        new(request.Endpoint, request.Path(), request.Body)
        {
            Preview = PhenoMLBody.Bytes(View(action, type, before, call.IdentifiersVisible ? after : null, Elements(before, after))),
            PreviewShape = Shape,
            ForPerson = PhenoMLBody.Bytes(View(action, type, Own(before), Own(after), null)),
            RecordVersion = before is null ? null : Version(before),
            Says = says,
            Authorship = after is null ? null : signed.Says(labelled: true),
            Execute = (_, cancellation) => send(cancellation),
        };

    private async Task<UpstreamResult> ChangeAsync(
        UpstreamRequest request, string action, string type, string id, JsonObject? seen, JsonObject? after, CancellationToken cancellation)
    {
        var present = await BeforeAsync(type, id, cancellation);
        if (present is null ? seen is not null : seen is null || Version(present) != Version(seen)) return Stale(action, type, seen, present);
        var answer = await SendAsync(request, cancellation);
        var looked = await TryLookAsync(type, id, cancellation);
        var done = looked is var (found, record) && found && (after is null ? record is null : record is not null && Holds(record, after));
        if (answer is null && !done) throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, "read the record with provider_fhir_read");
        IReadOnlyList<string> said = after is null ? []
            : await signed.ProveAsync(Made(looked.Record, seen) is { } written ? [written] : [], isNew: seen is null, labelled: true, cancellation);
        return Result(action, type, after is null ? seen : null, looked.Record, done, said, answer is null ? "already_written" : "done");
    }

    // Nothing is sent yet: a look that fails must not be taken for a write whose answer was lost.
    private async Task<JsonObject?> BeforeAsync(string type, string id, CancellationToken cancellation)
    {
        try
        {
            return await server.FindAsync(type, id, cancellation) is { } row ? PhenoMLBody.Object(row) : null;
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, ProviderEndpoints.Read))
        {
            throw UpstreamFailures.Unreachable(PhenoMLEndpoints.System);
        }
    }

    // The version that was there before the write is somebody else's, also where the write is not to be seen yet.
    private static JsonObject? Made(JsonObject? record, JsonObject? seen) =>
        record is not null && seen is not null && Version(record) == Version(seen) ? null : record;

    // Null when the answer was lost. A refusal was not carried out.
    private async Task<UpstreamResponse?> SendAsync(UpstreamRequest request, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.SendAsync(request, call, cancellation, ProviderFhir.IsOwn);
            return answer.Status < 400 ? answer : throw ProviderFhir.Refused(answer);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            return null;
        }
    }

    private async Task<JsonObject?> LookAsync(string type, string id, CancellationToken cancellation) => (await TryLookAsync(type, id, cancellation)).Record;

    private async Task<(bool Looked, JsonObject? Record)> TryLookAsync(string type, string id, CancellationToken cancellation)
    {
        try
        {
            return (true, await server.FindAsync(type, id, cancellation) is { } row ? PhenoMLBody.Object(row) : null);
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return (false, null);
        }
    }

    private UpstreamResult Result(
        string action, string type, JsonObject? before, JsonObject? after, bool verified, IReadOnlyList<string> said, string status = "done")
    {
        string? notice = (status, verified) switch
        {
            ("already_written", _) => "The server's answer to the write was lost; the record shows that it was carried out.",
            (_, false) => "The server accepted this, but reading the record back did not show it: read it again.",
            _ => null,
        };
        var view = View(action, type, before, after is null ? null : server.Shown(after), null);
        return Of(view, new WriteOutcome(status, verified), [.. notice is null ? Array.Empty<string>() : [notice], .. said]);
    }

    private static UpstreamResult Stale(string action, string type, JsonObject? before, JsonObject? now) =>
        Of(
            View(action, type, now, null, Elements(before, now)),
            new WriteOutcome("conflict", Verified: false),
            [
                "Not written: somebody else changed this record in the meantime. before is how it is now, and elements what differs; if the write is still wanted, call "
                    + "again without confirmation for a new preview.",
            ]);

    private static UpstreamResult Of(JsonObject view, WriteOutcome outcome, IReadOnlyList<string> notices) =>
        UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, Shape, [PhenoMLBody.Bytes(view)]) { Single = true }) with
        {
            Write = outcome,
            Notices = notices,
        };

    private static JsonObject View(string action, string type, JsonObject? before, JsonObject? after, IReadOnlyList<string>? elements)
    {
        var view = new JsonObject { ["action"] = action, ["resource_type"] = type };
        if (elements is not null) view["elements"] = new JsonArray([.. elements.Select(name => (JsonNode?)name)]);
        if (before is not null) view["before"] = before.DeepClone();
        if (after is not null) view["after"] = after.DeepClone();
        return view;
    }

    // The server makes the rest of meta itself, whatever is sent.
    private static JsonObject? Own(JsonObject? record)
    {
        if (record?["meta"] is not JsonObject meta) return record;
        var own = record.DeepClone().AsObject();
        foreach (var name in new[] { "versionId", "lastUpdated" }.Where(meta.ContainsKey)) own["meta"]!.AsObject().Remove(name);
        return own;
    }

    private static IReadOnlyList<string>? Elements(JsonObject? before, JsonObject? after) =>
        after is null ? null : [.. JsonPatch.Changed(before ?? [], after).Where(name => name is not ("resourceType" or "id" or "meta"))];

    // What the server adds or fills in (meta, a narrative) is no difference.
    private static bool Holds(JsonObject record, JsonObject sent) =>
        sent.Where(member => member.Key is not ("meta" or "text" or "id")).All(member => JsonNode.DeepEquals(member.Value, record[member.Key]));

    private static string Version(JsonObject record) =>
        (record["meta"] as JsonObject)?.Text("versionId") ?? Convert.ToHexStringLower(SHA256.HashData(PhenoMLBody.Bytes(record)))[..16];
}
