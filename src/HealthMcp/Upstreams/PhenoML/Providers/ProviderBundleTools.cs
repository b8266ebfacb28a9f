using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Fhir;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>Several records of a FHIR server behind PhenoML at once.</summary>
internal sealed class ProviderBundleTools(UpstreamClient client, PhenoMLExtras extras, TimeProvider time) : IToolSet
{
    private const string FindOut = "look with provider_fhir_search in that server, newest first (_sort -_lastUpdated)";

    private static readonly ToolDefinition Run = new()
    {
        Name = "provider_fhir_bundle",
        Title = "Write several records of a FHIR server at once",
        Description = """
            Carries out a FHIR R4 transaction (all or nothing) or batch in a server that PhenoML knows (list_fhir_providers), e.g. the Bundle of
            lang2fhir_create_multi after a person looked at it. Entries are checked against FHIR R4 first, and so are the links between them (urn:uuid). Give patient to
            link the entries that name none to a patient who is there already. It is never sent twice; if its answer is lost, look before trying again. For one
            record use provider_fhir_write.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Write, ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        Endpoints = [ProviderEndpoints.Bundle, ProviderEndpoints.Make, ProviderEndpoints.Read],
        Input = ProviderJson.Default.ProviderFhirBundleInput,
        DataSchema = LanguageSchemas.Change,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<ProviderFhirBundleInput>(Run, PlanAsync)];

    private async Task<WritePlan> PlanAsync(ProviderFhirBundleInput input, CallContext call, CancellationToken cancellation)
    {
        var bundle = GivenResource.Of(input.Bundle, "bundle");
        foreach (var resource in bundle.Items("entry").Select(entry => entry["resource"]).OfType<JsonObject>()) GivenResource.Link(resource, input.Patient);
        GivenResource.CheckBundle(bundle, call.IdentifiersVisible);
        var server = new ProviderFhir(client, extras, input.Provider, call);
        var signed = new SignedWrites(server, client, call, time);
        foreach (var resource in bundle.Items("entry").Select(entry => entry["resource"]).OfType<JsonObject>()) signed.Labelled(resource);
        var request = server.Request(ProviderEndpoints.Bundle) with { Body = PhenoMLBody.Bytes(bundle) };
        var entries = bundle.Items("entry").ToList();
        var deleted = entries.Count(entry => (entry["request"] as JsonObject)?.Text("method") == "DELETE");
        await GivenResource.RequirePatientAsync(server, input.Patient, call, cancellation);
        return new WritePlan(ProviderEndpoints.Bundle, request.Path(), request.Body)
        {
            Preview = PhenoMLBody.Bytes(View(bundle, entries, call.IdentifiersVisible)),
            PreviewShape = "phenoml.fhir.change",
            Says = $"Carries out a {bundle.Text("type")} of {entries.Count} entries in that FHIR server, {deleted} of them deletions.",
            Warnings = bundle.Text("type") == "batch" ? ["In a batch each entry stands alone: some may be stored and others not."] : [],
            Authorship = entries.Count == deleted ? null : signed.Says(labelled: true),
            Execute = (_, inner) => SendAsync(request, server, signed, call, entries, inner),
        };
    }

    private async Task<UpstreamResult> SendAsync(
        UpstreamRequest request, ProviderFhir server, SignedWrites signed, CallContext call, List<JsonObject> sent, CancellationToken cancellation)
    {
        var methods = sent.ConvertAll(entry => (entry["request"] as JsonObject)?.Text("method"));
        var answer = await new PhenoMLWriter(client, call).SendAsync(request, FindOut, cancellation, ProviderFhir.IsOwn);
        if (answer.Status >= 400) throw ProviderFhir.Refused(answer);
        var entries = PhenoMLWriter.Read(
            answer,
            json => PhenoMLBody.Object(json) is var bundle && bundle.Text("resourceType") == "Bundle"
                ? bundle.Items("entry").ToList() : throw new JsonException("Bundle expected"),
            FindOut);
        var refused = entries.Count(entry => (entry["response"] as JsonObject)?.Text("status") is { } status && status is not ['2', ..]);
        var (rows, all) = await StoredEntries.ReadBackAsync(server, StoredEntries.Of(entries), cancellation);
        var verified = all && refused == 0 && rows.Count == methods.Count(method => method != "DELETE");
        var others = StoredEntries.Of(entries.Where((entry, at) => at < sent.Count && WasThere(sent[at], entry))).ToHashSet();
        IReadOnlyList<JsonObject> written = [.. rows.Where(row => !others.Contains((row.Text("resourceType") ?? "", row.Text("id") ?? "")))];
        IReadOnlyList<string> said = methods.TrueForAll(method => method == "DELETE") || (written.Count == 0 && others.Count > 0) ? []
            : await signed.ProveAsync(written, isNew: !methods.Contains("PUT"), labelled: true, cancellation);
        var view = new JsonObject { ["action"] = "bundle", ["entries"] = entries.Count };
        view["resources"] = new JsonArray([.. rows.Select(row => server.Shown(row))]);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, "phenoml.fhir.change", [PhenoMLBody.Bytes(view)]) { Single = true }) with
        {
            Write = new WriteOutcome(refused == 0 ? "done" : "partly_done", verified),
            Notices =
            [
                .. refused == 0 ? Array.Empty<string>() : [$"{refused} of {entries.Count} entries were refused; resources are those that are stored."],
                .. verified || refused > 0 ? Array.Empty<string>() : ["Carried out, but not all of it could be read back to check it."],
                .. said,
            ],
        };
    }

    // A conditional create that found a record writes nothing (R4, 3.1.0.8.1): that record is somebody else's.
    private static bool WasThere(JsonObject sent, JsonObject answered) => (sent["request"] as JsonObject)?.ContainsKey("ifNoneExist") == true
        && (answered["response"] as JsonObject)?.Text("status")?.StartsWith("201", StringComparison.Ordinal) != true;

    // Below the identified level the caller's own words are not repeated: which of them are withheld would tell whose they are.
    private static JsonObject View(JsonObject bundle, List<JsonObject> entries, bool whole)
    {
        var view = new JsonObject { ["action"] = bundle.Text("type"), ["entries"] = entries.Count };
        var resources = entries.Select(entry => entry["resource"]).OfType<JsonObject>()
            .Select(resource => (JsonNode?)(whole ? resource.DeepClone() : new JsonObject { ["resourceType"] = resource.Text("resourceType") }));
        view["resources"] = new JsonArray([.. resources]);
        return view;
    }
}
