using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Writing;

/// <summary>
/// Plans of making, changing and deleting a record. PhenoML has no versions, so a plan is bound to all that the preview saw: when somebody else changes
/// the record meanwhile, the confirmation no longer holds.
/// </summary>
internal sealed class RecordSaving(UpstreamClient client, RecordKind kind, OutboundPolicy outbound)
{
    private const string Patched = "application/json+patch";

    // What is written in words. Where names are withheld a caller's own words do not come back: nobody has looked whether they name someone.
    private static readonly string[] Words = ["name", "description", "content", "tags", "workflow_instructions", "sample_data"];

    private readonly PhenoMLRecords _records = new(client, kind);

    /// <param name="id">The record to change; null makes a new one.</param>
    /// <param name="fields">What the caller gave, by the names of the request.</param>
    /// <param name="replace">Replaces the record instead of changing single fields.</param>
    /// <param name="call">The call that asks.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<WritePlan> PlanAsync(string? id, JsonObject fields, bool replace, CallContext call, CancellationToken cancellation)
    {
        if (fields.Count == 0) throw CallFailureException.Invalid("", $"Say what to save: one or more fields of the {kind.Word}.");
        if (Words.FirstOrDefault(fields.ContainsKey) is { } word) outbound.RequireAsIs(word, "what is saved is kept there as it is sent");
        if (id is null || replace || kind.Patch is null) Need(fields);
        var names = string.Join(", ", fields.Select(field => field.Key));
        if (id is null)
        {
            var body = Bytes(fields);
            return Plan(new UpstreamRequest(kind.Create) { Body = body }, null, fields, $"Makes one {kind.Word} in PhenoML with {names}.", call) with
            {
                ForPerson = body,
            };
        }

        var before = JsonNode.Parse((await _records.OneAsync(id, call, cancellation)).Span)!.AsObject();
        var (patch, whole) = (replace ? null : kind.Patch, replace || kind.Patch is null);
        var request = patch is null
            ? new UpstreamRequest(kind.Put) { Body = Bytes(fields) }
            : new UpstreamRequest(patch) { Body = Bytes(Steps(before, fields)), ContentType = Patched };
        var says = whole ? $"Replaces one {kind.Word} of PhenoML with {names}." : $"Changes {names} of one {kind.Word} of PhenoML.";
        return Plan(request.Route(kind.Route, id), before, fields, says, call) with
        {
            ForPerson = Bytes(new JsonObject { ["before"] = Present(before, fields, whole), ["after"] = fields.DeepClone() }),
        };
    }

    public async Task<WritePlan> DeletingAsync(string id, CallContext call, CancellationToken cancellation)
    {
        var before = await _records.OneAsync(id, call, cancellation);
        var request = new UpstreamRequest(kind.Delete).Route(kind.Route, id);
        return new WritePlan(kind.Delete, request.Path(), ReadOnlyMemory<byte>.Empty)
        {
            Preview = before,
            PreviewShape = kind.Shape,
            RecordVersion = Digest(before.Span),
            Warnings = ["It cannot be brought back. Agents that use it may stop working."],
            Says = $"Deletes one {kind.Word} of PhenoML.",
            Execute = (_, inner) => DeleteAsync(request, id, call, inner),
        };
    }

    private async Task<UpstreamResult> DeleteAsync(UpstreamRequest request, string id, CallContext call, CancellationToken cancellation)
    {
        await new OnceSender(client, call).SendAsync(request, Done, kind.Refusals, kind.FindOut, cancellation);
        var gone = await IsGoneAsync(id, call, cancellation);
        return _records.Answer(OnlyId(id)) with
        {
            Write = new WriteOutcome("done", gone == true),
            Notices = gone switch
            {
                true => [],
                false => [$"PhenoML accepted the deletion, but the {kind.Word} can still be read: look again with {kind.List}."],
                null => [$"PhenoML accepted the deletion; whether the {kind.Word} is gone could not be looked up: call {kind.List}."],
            },
        };
    }

    private async Task<bool?> IsGoneAsync(string id, CallContext call, CancellationToken cancellation)
    {
        try
        {
            await _records.OneAsync(id, call, cancellation);
            return false;
        }
        catch (CallFailureException failure)
        {
            // It may be gone all the same: failing to read must not look like a failed write.
            return failure.Code == FailureCodes.NotFound ? true : null;
        }
    }

    private WritePlan Plan(UpstreamRequest request, JsonObject? before, JsonObject fields, string says, CallContext call)
    {
        var preview = new JsonObject { ["changed"] = new JsonArray([.. fields.Select(field => (JsonNode)field.Key)]) };
        if (before is not null) preview["before"] = Part(before, fields);
        preview["after"] = Shown(fields, fields, call);
        return new WritePlan(request.Endpoint, request.Path(), request.Body)
        {
            Preview = Bytes(preview),
            PreviewShape = kind.Shape + ".change",
            RecordVersion = before is null ? null : Digest(Bytes(before)),
            Says = says,
            Execute = (_, inner) => SaveAsync(request, fields, call, inner),
        };
    }

    private async Task<UpstreamResult> SaveAsync(UpstreamRequest request, JsonObject fields, CallContext call, CancellationToken cancellation)
    {
        var row = await new OnceSender(client, call).SendAsync(
            request, answer => Envelope.One(answer, kind.Member), kind.Refusals, kind.FindOut, cancellation);
        var (stored, verified) = (JsonNode.Parse(row.Span)!.AsObject(), false);
        try
        {
            // Read back: the answer to a write says what was meant, not what is kept.
            if (stored["id"] is JsonValue id && id.TryGetValue<string>(out var made))
            {
                stored = await AgainAsync(made, call, cancellation);
                verified = fields.All(field => Same(field.Value, kind.Stored(field.Key, stored)));
            }
        }
        catch (CallFailureException)
        {
            // It is written: that it cannot be read back must not look like a write that failed.
        }

        return _records.Answer(Bytes(Shown(stored, fields, call))) with { Write = new WriteOutcome("done", verified) };
    }

    private async Task<JsonObject> AgainAsync(string id, CallContext call, CancellationToken cancellation) =>
        JsonNode.Parse((await _records.OneAsync(id, call, cancellation)).Span)!.AsObject();

    private static JsonObject Shown(JsonObject record, JsonObject sent, CallContext call)
    {
        var shown = record.DeepClone().AsObject();
        foreach (var name in call.IdentifiersVisible ? [] : Words.Where(sent.ContainsKey)) shown.Remove(name);
        return shown;
    }

    private void Need(JsonObject fields)
    {
        if (kind.Needed.FirstOrDefault(name => !fields.ContainsKey(name)) is { } missing)
            throw CallFailureException.Invalid(missing, $"A new or replaced {kind.Word} needs {missing}: give {string.Join(", ", kind.Needed)}.");
    }

    // One id may be kept as a list of one.
    private static bool Same(JsonNode? sent, JsonNode? kept) =>
        JsonNode.DeepEquals(sent, kept) || (kept is JsonArray { Count: 1 } only && JsonNode.DeepEquals(sent, only[0]));

    // As the record has what the request sets; and what a replacement would leave out.
    private JsonObject Present(JsonObject record, JsonObject fields, bool whole)
    {
        var present = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, kind.Stored(field.Key, record)?.DeepClone())));
        foreach (var (name, value) in whole ? record : [])
        {
            if (!present.ContainsKey(name) && name != "id" && !name.EndsWith("_at", StringComparison.Ordinal)) present[name] = value?.DeepClone();
        }

        return present;
    }

    private static JsonObject Part(JsonObject record, JsonObject fields) =>
        new(record.Where(member => fields.ContainsKey(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    // RFC 6902: replace needs a member that is there, add one that may not be.
    private static JsonArray Steps(JsonObject before, JsonObject fields) => new([.. fields.Select(field => (JsonNode)new JsonObject
    {
        ["op"] = before.ContainsKey(field.Key) ? "replace" : "add",
        ["path"] = "/" + field.Key,
        ["value"] = field.Value?.DeepClone(),
    })]);

    private static bool Done(UpstreamResponse answer)
    {
        Envelope.Done(answer);
        return true;
    }

    private static byte[] OnlyId(string id) => Bytes(new JsonObject { ["id"] = id });

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static string Digest(ReadOnlySpan<byte> record) => Convert.ToHexStringLower(SHA256.HashData(record));
}
