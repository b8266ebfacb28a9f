using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;
using HealthMcp.Upstreams.PhenoML.Fhir;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>A resource or Bundle that a caller wants to store, checked before it is sent.</summary>
internal static class GivenResource
{
    private const int MostNamed = 5;
    private const int MostEntries = 100;

    public static JsonObject Of(IReadOnlyDictionary<string, JsonElement> given, string argument)
    {
        try
        {
            return (JsonObject)JsonNode.Parse(JsonSerializer.Serialize(given, ProviderJson.Default.IReadOnlyDictionaryStringJsonElement))!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw CallFailureException.Invalid(argument, $"{argument} holds text that is no Unicode, or a member twice: correct it and call again.");
        }
    }

    /// <summary>The patient, who must be there; redaction learns whom the call is about.</summary>
    /// <exception cref="CallFailureException">The server has no such patient.</exception>
    public static async Task RequirePatientAsync(ProviderFhir server, string? patient, CallContext call, CancellationToken cancellation)
    {
        if (patient is null) return;
        if (await server.FindAsync("Patient", patient, cancellation) is not { } row)
            throw new CallFailureException(
                FailureCodes.NotFound, "That FHIR server has no such patient: search there with provider_fhir_search and use its handle.")
            {
                Argument = "patient",
            };
        call.Read.Add(ProviderEndpoints.Read.Shape, row);
    }

    /// <summary>
    /// Reads whose record it is, so that whoever approves a change of it sees the patient, and redaction knows the name. A patient who cannot be read stops
    /// nothing: the page then says that nobody was read.
    /// </summary>
    public static async Task KnowPatientAsync(ProviderFhir server, JsonObject? record, CallContext call, CancellationToken cancellation)
    {
        if (record is null) return;
        if (record.Text("resourceType") == "Patient") call.Read.Add(ProviderEndpoints.Read.Shape, PhenoMLBody.Bytes(record));
        if (StoredEntries.PatientElement(record.Text("resourceType")) is not { } element) return;

        // An address may be that of another server, whose patient of this id is somebody else.
        if ((record[element] as JsonObject)?.Text("reference")?.Split('/') is not ["Patient", { Length: > 0 } id, ..]) return;
        try
        {
            if (await server.FindAsync("Patient", id, cancellation) is { } row) call.Read.Add(ProviderEndpoints.Read.Shape, row);
        }
        catch (CallFailureException)
        {
            // The record itself was read; the change can be judged by it.
        }
    }

    /// <summary>Puts the patient where the type has one, unless the resource names one itself.</summary>
    /// <returns>False where the type has no patient.</returns>
    public static bool Link(JsonObject resource, string? patient)
    {
        if (patient is null) return true;
        if (StoredEntries.PatientElement(resource.Text("resourceType")) is not { } element) return false;
        if ((resource[element] as JsonObject)?.Text("reference") is null) resource[element] = new JsonObject { ["reference"] = $"Patient/{patient}" };
        return true;
    }

    /// <exception cref="CallFailureException">FHIR R4 does not allow it, or it has handles where no server knows them.</exception>
    public static void Check(JsonObject resource, string argument)
    {
        using var json = JsonDocument.Parse(PhenoMLBody.Bytes(resource));
        if (HasHandle(json.RootElement))
            throw CallFailureException.Invalid(
                argument, "A reference in it is a handle, which no FHIR server knows: leave that element out and give the person in patient.");
        var problems = StructureCheck.Of(json.RootElement);
        if (problems.Count > 0)
            throw CallFailureException.Invalid(
                argument,
                $"FHIR R4 does not allow {problems.Count} thing(s) here, so nothing was sent. {string.Join(' ', problems.Take(MostNamed))}");
    }

    /// <exception cref="CallFailureException">It is no Bundle that can be carried out.</exception>
    public static void CheckBundle(JsonObject bundle, bool seesAll)
    {
        if (bundle.Text("resourceType") != "Bundle" || bundle.Text("type") is not ("transaction" or "batch"))
            throw CallFailureException.Invalid("bundle", "bundle must be a FHIR Bundle of type transaction or batch.");
        var entries = bundle.Items("entry").ToList();
        if (entries.Count is 0 or > MostEntries) throw CallFailureException.Invalid("bundle", $"bundle needs 1 to {MostEntries} entries, each a JSON object.");
        for (var i = 0; i < entries.Count; i++) Entry(entries[i], System.Globalization.CultureInfo.InvariantCulture, i, seesAll);
        using (var json = JsonDocument.Parse(PhenoMLBody.Bytes(bundle)))
        {
            var links = BundleLinks.Problems(json.RootElement);
            if (links.Count > 0)
                throw CallFailureException.Invalid(
                    "bundle", $"The entries do not hold together in {links.Count} place(s), so nothing was sent. {string.Join(' ', links.Take(MostNamed))}");
        }

        Check(bundle, "bundle");
    }

    private static void Entry(JsonObject entry, IFormatProvider format, int index, bool seesAll)
    {
        var at = string.Create(format, $"bundle.entry[{index}]");
        var request = entry["request"] as JsonObject ?? [];
        var (method, url) = (request.Text("method"), request.Text("url") ?? "");
        if (method is not ("POST" or "PUT" or "DELETE"))
            throw CallFailureException.Invalid("bundle",
                $"{at}.request.method must be POST, PUT or DELETE: read with provider_fhir_search, patch with provider_fhir_write.");
        var parts = url.Split('/');
        if (parts.Length != (method == "POST" ? 1 : 2) || R4Table.Default.Resource(parts[0]) is null || url.Contains('?', StringComparison.Ordinal))
            throw CallFailureException.Invalid("bundle",
                $"{at}.request.url must be {(method == "POST" ? "a resource type" : "a resource type and an id")} of FHIR R4, without conditions.");
        if (parts is [_, { } id] && id.Contains('_', StringComparison.Ordinal))
            throw CallFailureException.Invalid("bundle",
                $"{at}.request.url has a handle, which no FHIR server knows: use provider_fhir_write for that record.");
        if (new[] { "ifNoneExist", "ifMatch", "ifNoneMatch", "ifModifiedSince" }.Any(request.ContainsKey) && !seesAll)
            throw new CallFailureException(
                FailureCodes.QuestionWithheld, $"{at}: a condition would tell what is withheld at this privacy level: leave ifNoneExist and its like out.")
            {
                Argument = "bundle",
            };
        if (method == "PUT" && !seesAll)
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                $"{at}: PUT replaces a record whole, and parts of it are withheld at this privacy level, so they would be lost: use provider_fhir_write with patch.")
            {
                Argument = "bundle",
            };
    }

    private static bool HasHandle(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => (value.TryGetProperty("reference", out var reference) && reference.ValueKind == JsonValueKind.String
            && BundleLinks.LooksLikeHandle(reference.GetString()!)) || value.EnumerateObject().Any(member => HasHandle(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasHandle),
        _ => false,
    };
}
