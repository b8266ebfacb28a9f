using System.Text.Json.Nodes;
using HealthMcp.Sandbox.DrCloud.Authorization;
using HealthMcp.Sandbox.DrCloud.Bulk;
using HealthMcp.Sandbox.DrCloud.Searching;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>Search and read of every type.</summary>
internal sealed class FhirOperations(bool conformant, TokenStore tokens, Lazy<FhirStore> records, BulkOperations bulk, DocumentOperation documents)
{
    private const string Base = "/apis/{site}/fhir";
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Notes = new(FhirStore.Notes);

    public IEnumerable<Operation> Operations =>
    [
        .. SearchParameter.Types.SelectMany(type => new Operation[]
        {
            new("GET", $"{Base}/{type}", exchange => Search(exchange, type, exchange.Query)),
            // Query and form values of one name are united, as the rewriting to GET does.
            new("POST", $"{Base}/{type}/_search", exchange => Search(exchange, type, new([.. exchange.Query.Pairs, .. exchange.Form().Pairs]))),
            new("GET", $"{Base}/{type}/{{id}}", exchange => Read(exchange, type)),
        }),
        .. conformant ? SearchParameter.Types.SelectMany(Former) : [],
        new("GET", $"{Base}/Binary/{{id}}", exchange => Wrapped(exchange, ReadBinary(exchange))),
    ];

    private Answer Search(Exchange exchange, string type, Query query)
    {
        if (RefuseScope(exchange, type) is { } refused)
        {
            return refused;
        }

        var store = records.Value;
        query = PatientContext.Bind(exchange, tokens, type, query);
        var address = $"{exchange.Origin}/drcloud/apis/{exchange.Route("site")}/fhir/{type}";
        if (!conformant)
        {
            var rows = QuirkSearch.Run(store, type, query, exchange.Origin);
            return Answer.Json(Bundles.Collection([.. rows, .. Provenance(store, rows, query)], address, exchange.Now));
        }

        var strict = exchange.Header("Prefer")?.Contains("handling=strict", StringComparison.OrdinalIgnoreCase) == true;
        if (query.Number("_count", 50, 0) is null || query.Number("_offset", 0, 0) is null)
        {
            return FhirError.Outcome(400, "invalid", "_count and _offset are whole numbers");
        }

        return ConformantSearch.Run(store, type, query, strict, out var problem) is { } found
            ? Answer.Json(Bundles.SearchSet(found, Included(store, type, found, query), query, address), contentType: "application/fhir+json")
            : FhirError.Outcome(400, "invalid", $"The parameter {problem} cannot be used so");
    }

    private Answer Read(Exchange exchange, string type)
    {
        if (RefuseScope(exchange, type) is { } refused)
        {
            return refused;
        }

        var id = exchange.Route("id");
        if (!Guid.TryParse(id, out _) && !conformant)
        {
            return FhirError.Validation("_id", "Invalid uuid");
        }

        if (!PatientContext.MayRead(records.Value, exchange, tokens, type, id.ToLowerInvariant()))
        {
            return conformant ? FhirError.Outcome(403, "forbidden", "Another patient's") : Answer.Empty(401);
        }

        return records.Value.Find($"{type}/{id.ToLowerInvariant()}") is { } found
            ? Answer.Json(found.DeepClone(), contentType: conformant ? "application/fhir+json" : "application/json")
            : NoSuchId();
    }

    /// <summary>Former versions: what the vendor's server does not have.</summary>
    private IEnumerable<Operation> Former(string type) =>
    [
        new("GET", $"{Base}/{type}/{{id}}/_history", exchange => Kept(exchange, type, Versions.History)),
        new("GET", $"{Base}/{type}/{{id}}/_history/{{version}}", exchange => Kept(exchange, type, row => Versions.Find(row, exchange.Route("version")))),
    ];

    private Answer Kept(Exchange exchange, string type, Func<IReadOnlyList<JsonObject>, JsonObject?> find)
    {
        var present = Read(exchange, type);
        if (present.Status != 200)
        {
            return present;
        }

        var versions = Versions.Of(records.Value, (JsonObject)JsonNode.Parse(present.Body)!);
        return find(versions) is { } found ? Answer.Json(found, contentType: "application/fhir+json") : NoSuchId();
    }

    /// <summary>The ancestor streams a file whatever is accepted; R4 has it wrapped for who accepts FHIR (2.39.4.1).</summary>
    private Answer Wrapped(Exchange exchange, Answer file)
    {
        if (!conformant || file.Status != 200 || file.Stream is not null || exchange.Header("Accept")?.Contains("fhir+json", StringComparison.Ordinal) != true)
        {
            return file;
        }

        var resource = new JsonObject { ["resourceType"] = "Binary", ["id"] = exchange.Route("id"), ["contentType"] = file.ContentType };
        resource["data"] = Convert.ToBase64String(file.Body);
        return Answer.Json(resource, contentType: "application/fhir+json");
    }

    private Answer ReadBinary(Exchange exchange) =>
        RefuseScope(exchange, "Binary")
        ?? (MayReadBinary(exchange, exchange.Route("id")) ? null : Answer.Empty(401))
        ?? (Notes.Value.TryGetValue(exchange.Route("id"), out var text)
            ? Answer.Text(text, 200, "text/plain").With("Content-Disposition", "attachment; filename=\"note.txt\"")
            : bulk.File(exchange.Route("id")) ?? documents.File(exchange.Route("id")) ?? NoSuchId());

    // What was written for a patient is that patient's own, although no stored record points at it.
    private bool MayReadBinary(Exchange exchange, string id) =>
        (documents.PatientOf(id) is { } owner && tokens.Patient(exchange.Bearer) == owner) || PatientContext.MayReadBinary(records.Value, exchange, tokens, id);

    private Answer NoSuchId() => conformant ? FhirError.Outcome(404, "not-found", "No such resource") : FhirError.NoSuchId();

    private Answer? RefuseScope(Exchange exchange, string type)
    {
        var scopes = tokens.Scopes(exchange.Bearer);
        var isAllowed = scopes is not null && PatientContext.Role(scopes, type) is not null;
        return isAllowed ? null : conformant ? FhirError.Outcome(403, "forbidden", "The scope is missing") : Answer.Empty(401);
    }

    /// <summary>Exactly this one value is known; any other is dropped without a word.</summary>
    private static IEnumerable<JsonObject> Provenance(FhirStore store, IReadOnlyList<JsonObject> rows, Query query)
    {
        if (!query.All("_revinclude").Contains("Provenance:target"))
        {
            return [];
        }

        var wanted = rows.Select(FhirStore.Reference).ToHashSet(StringComparer.Ordinal);
        return store.Of("Provenance").Where(row => Values.At(row, "target.reference").Any(node => wanted.Contains(node.ToString())));
    }

    private static IReadOnlyList<JsonObject> Included(FhirStore store, string type, IReadOnlyList<JsonObject> rows, Query query)
    {
        var page = rows.Skip(query.Number("_offset", 0, 0) ?? 0).Take(Math.Min(query.Number("_count", 50, 0) ?? 50, 200)).ToList();
        var paths = query.All("_include").Select(value => value.Split(':')).Where(parts => parts.Length > 1 && parts[0] == type)
            .Select(parts => SearchParameter.Find(type, parts[1], conformant: true)?.Path).OfType<string>();
        var references = paths.SelectMany(path => page.SelectMany(row => Values.At(row, path)))
            .OfType<JsonObject>()
            .Select(node => node.Text("reference"))
            .OfType<string>();
        return [.. references.Distinct(StringComparer.Ordinal).Select(store.Find).OfType<JsonObject>(), .. Provenance(store, page, query)];
    }
}
