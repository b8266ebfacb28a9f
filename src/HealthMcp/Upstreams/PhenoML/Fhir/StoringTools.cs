using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Providers;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>Text to FHIR, and into a FHIR server at once.</summary>
internal sealed class StoringTools(UpstreamClient client, PhenoMLExtras extras, TimeProvider time) : IToolSet
{
    private const string FindOut = "look with provider_fhir_search in that server, newest first (_sort -_lastUpdated)";

    private static readonly ToolDefinition Store = new()
    {
        Name = "store_fhir_from_text",
        Title = "Make FHIR of a text and store it",
        Description = """
            Has PhenoML make FHIR of a text and store it in a FHIR server that it knows (list_fhir_providers): one resource of the kind in resource, or with
            multi true all that the text tells of, linked to each other. Nobody sees the resources before they are stored, so prefer lang2fhir_create and then
            provider_fhir_write where it matters. The API takes no patient: a resource other than a Patient may name none, which the answer says. A write is never sent
            twice; if its answer is lost, look before trying again. The text is sent to PhenoML, a third party.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/fhir.create", "phenoml/fhir.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        Endpoints = [LanguageEndpoints.Store, LanguageEndpoints.StoreMulti, ProviderEndpoints.Make, ProviderEndpoints.Read],
        Input = LanguageJson.Default.StoreFhirFromTextInput,
        DataSchema = LanguageSchemas.Change,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<StoreFhirFromTextInput>(Store, PlanAsync)];

    private Task<WritePlan> PlanAsync(StoreFhirFromTextInput input, CallContext call, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(input.Text)) throw CallFailureException.Invalid("text", "text holds nothing but white space: give the text to store.");
        var multi = input.Multi == true;
        if (multi == input.Resource is not null)
            throw CallFailureException.Invalid("resource", "Give either resource, for one resource, or multi true, for all that the text tells of.");
        extras.Outbound.RequireAsIs("text", "what is stored would lack what identifies");
        var endpoint = multi ? LanguageEndpoints.StoreMulti : LanguageEndpoints.Store;
        var body = PhenoMLBody.Of(
            ("resource", input.Resource), ("text", input.Text), ("version", multi ? "R4" : null), ("provider", input.Provider));
        var request = extras.Delegated(new UpstreamRequest(endpoint) { Body = body });
        return Task.FromResult(new WritePlan(endpoint, request.Path(), body)
        {
            Preview = PhenoMLBody.Of(("action", multi ? "store all of a text" : "store one of a text"), ("characters", input.Text.Length)),
            PreviewShape = "phenoml.fhir.change",
            Says = multi
                ? "Sends the text to PhenoML and stores all resources that its language model makes of it in that FHIR server, unseen."
                : "Sends the text to PhenoML and stores the resource that its language model makes of it in that FHIR server, unseen.",
            Authorship = Signed(input, call).Says(labelled: false),
            Execute = (_, inner) => multi ? SeveralAsync(request, input, call, inner) : OneAsync(request, input, call, inner),
        });
    }

    private async Task<UpstreamResult> OneAsync(UpstreamRequest request, StoreFhirFromTextInput input, CallContext call, CancellationToken cancellation)
    {
        var answer = PhenoMLWriter.Read(await SendAsync(request, call, cancellation), PhenoMLBody.Object, FindOut);
        Succeeded(answer);
        var made = answer["fhir_resource"] as JsonObject ?? [];
        var stored = answer.Text("fhir_id") is { Length: > 0 } id ? (Type: made.Text("resourceType") ?? "", Id: id) : default;
        if (stored == default || stored.Type.Length == 0)
            throw new CallFailureException(FailureCodes.InDoubt, $"PhenoML made the resource and gave no id, so it may or may not be stored: {FindOut}.");
        return await ReadBackAsync([stored], "one", input, call, cancellation);
    }

    private async Task<UpstreamResult> SeveralAsync(UpstreamRequest request, StoreFhirFromTextInput input, CallContext call, CancellationToken cancellation)
    {
        var answer = PhenoMLWriter.Read(await SendAsync(request, call, cancellation), PhenoMLBody.Object, FindOut);
        Succeeded(answer);
        var entries = (answer["response_bundle"] as JsonObject)?.Items("entry").ToList() ?? [];
        return await ReadBackAsync(StoredEntries.Of(entries), "several", input, call, cancellation, expected: entries.Count);
    }

    private async Task<UpstreamResponse> SendAsync(UpstreamRequest request, CallContext call, CancellationToken cancellation)
    {
        var answer = await new PhenoMLWriter(client, call).SendAsync(request, FindOut, cancellation, status => status is 400 or 402 or 403 or 404 or 422);
        return answer.Status switch
        {
            < 400 => answer,
            400 => throw new CallFailureException(
                FailureCodes.UpstreamRejected,
                "PhenoML stored nothing (400): it has no such FHIR server, or the text gives no such resource; see list_fhir_providers, or try lang2fhir_create first."),
            _ => throw PhenoMLFailures.Of(answer, "PhenoML has no such FHIR server: see list_fhir_providers.", "provider"),
        };
    }

    // A refusal inside of a success: what was stored until then, nobody says.
    private static void Succeeded(JsonObject answer)
    {
        if (answer["success"] is JsonValue success && success.GetValueKind() == JsonValueKind.False)
            throw new CallFailureException(FailureCodes.InDoubt, $"PhenoML says that not all of it succeeded, so some of it may be stored: {FindOut}.");
    }

    private SignedWrites Signed(StoreFhirFromTextInput input, CallContext call) =>
        new(new ProviderFhir(client, extras, input.Provider, call), client, call, time);

    private async Task<UpstreamResult> ReadBackAsync(
        IReadOnlyList<(string Type, string Id)> stored,
        string what,
        StoreFhirFromTextInput input,
        CallContext call,
        CancellationToken cancellation,
        int expected = 1)
    {
        var server = new ProviderFhir(client, extras, input.Provider, call);
        var (rows, verified) = await StoredEntries.ReadBackAsync(server, stored, cancellation);
        var said = await Signed(input, call).ProveAsync(rows, isNew: true, labelled: false, cancellation);
        var loose = rows.Count(row => row.Text("resourceType") != "Patient" && StoredEntries.LacksPatient(row));
        var change = new JsonObject { ["action"] = what, ["entries"] = expected, ["resources"] = new JsonArray([.. rows.Select(row => server.Shown(row))]) };
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, "phenoml.fhir.change", [PhenoMLBody.Bytes(change)]) { Single = true }) with
        {
            Write = new WriteOutcome("done", verified && stored.Count == expected),
            Notices =
            [
                .. verified && stored.Count == expected ? Array.Empty<string>() : ["Stored, but not all of it could be read back to check it."],
                .. loose == 0 ? Array.Empty<string>()
                    : [$"{loose} stored resource(s) name no patient's record: link them with provider_fhir_write, or tell the user."],
                .. said,
            ],
        };
    }
}
