using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Writing;

/// <summary>POST and PUT of a practitioner, the only type that the vendor lists a write scope for.</summary>
internal sealed class PractitionerWrites(bool conformant, TokenStore tokens, Lazy<FhirStore> records)
{
    private const string Base = "/apis/{site}/fhir/Practitioner";
    private readonly Lock _gate = new();
    private int _made;

    public IEnumerable<Operation> Operations => [new("POST", Base, Create), new("PUT", Base + "/{id}", Update)];

    private Answer Create(Exchange exchange)
    {
        if (Refuse(exchange, out var sent) is { } refused) return refused;
        var number = Interlocked.Increment(ref _made);
        var id = DeterministicId.Of("drcloud", "written practitioner", number.ToString(CultureInfo.InvariantCulture));
        if (!conformant && PractitionerRecord.Problem(sent, isNew: true) is var (field, message)) return FhirError.Validation(field, message);
        var stored = conformant ? sent : PractitionerRecord.Put(PractitionerRecord.Empty(), sent);
        stored["id"] = id;
        Stamp(stored, 1, exchange.Now);
        records.Value.Write([stored]);
        if (!conformant) return Answer.Json(new JsonObject { ["pid"] = 1000 + number, ["uuid"] = id }, 201);
        var place = $"{exchange.Origin}{exchange.Path}/{id}/_history/1";
        return Shown(exchange, stored, 201).With("Location", place).With("ETag", "W/\"1\"");
    }

    private Answer Update(Exchange exchange)
    {
        if (Refuse(exchange, out var sent) is { } refused) return refused;
        var id = exchange.Route("id").ToLowerInvariant();
        if (!conformant && !Guid.TryParse(id, out _)) return FhirError.Validation("_id", "Invalid uuid");
        if (conformant && sent.Text("id") != id) return FhirError.Outcome(400, "invalid", "The id of the body is not that of the address");
        if (!conformant && PractitionerRecord.Problem(sent, isNew: false) is var (field, message)) return FhirError.Validation(field, message);
        lock (_gate)
        {
            if (records.Value.Find($"Practitioner/{id}") is not { } present)
                return conformant ? FhirError.Outcome(404, "not-found", "No such resource") : FhirError.NoSuchId();
            var version = (present["meta"] as JsonObject)?.Text("versionId") ?? "1";
            if (conformant && exchange.Header("If-Match") is { } match && match != $"W/\"{version}\"")
                return FhirError.Outcome(412, "conflict", "Another version is the present one");
            var stored = conformant ? sent : PractitionerRecord.Put((JsonObject)present.DeepClone(), sent);
            stored["id"] = id;
            Stamp(stored, int.Parse(version, CultureInfo.InvariantCulture) + 1, exchange.Now);
            records.Value.Write([stored, .. Versions.Of(records.Value, present)]);
            return conformant ? Shown(exchange, stored, 200) : Answer.Json(PractitionerRecord.Of(stored));
        }
    }

    private Answer? Refuse(Exchange exchange, out JsonObject sent)
    {
        sent = exchange.JsonBody() ?? [];
        var scopes = tokens.Scopes(exchange.Bearer);
        if (scopes is null || !new[] { "user", "system" }.Any(role => scopes.Contains($"{role}/Practitioner.write")))
            return conformant ? FhirError.Outcome(403, "forbidden", "The scope is missing") : Answer.Empty(401);
        if (conformant && exchange.Header("Content-Type")?.StartsWith("application/fhir+json", StringComparison.OrdinalIgnoreCase) != true)
            return FhirError.Outcome(415, "not-supported", "The body must be application/fhir+json");
        return sent.Text("resourceType") == "Practitioner" && PractitionerRecord.IsWellFormed(sent)
            ? null
            : FhirError.Outcome(400, "invalid", "The body is no Practitioner");
    }

    // Without a wish of the client a server may leave the body out (R4 3.1.0.1.2).
    private static Answer Shown(Exchange exchange, JsonObject stored, int status) =>
        exchange.Header("Prefer")?.Contains("return=representation", StringComparison.Ordinal) == true
            ? Answer.Json(stored.DeepClone(), status, "application/fhir+json")
            : Answer.Empty(status);

    private static void Stamp(JsonObject stored, int version, DateTimeOffset now)
    {
        var meta = stored["meta"] as JsonObject ?? [];
        meta["versionId"] = version.ToString(CultureInfo.InvariantCulture);
        meta["lastUpdated"] = Json.Stamp(now);
        if (meta.Parent is null) stored["meta"] = meta;
    }
}
