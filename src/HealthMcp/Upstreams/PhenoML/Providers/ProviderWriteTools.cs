using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Fhir;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>One record of a FHIR server behind PhenoML: made, replaced, changed or removed.</summary>
internal sealed class ProviderWriteTools(UpstreamClient client, PhenoMLExtras extras, TimeProvider time) : IToolSet
{
    private static readonly ToolDefinition Write = new()
    {
        Name = "provider_fhir_write",
        Title = "Write a record of a FHIR server behind PhenoML",
        Description = """
            Makes (create), replaces (upsert), changes (patch) or removes (delete) one FHIR R4 record of a server that PhenoML knows (list_fhir_providers). What is
            sent is checked against FHIR R4 first; a patch is tried on the record as it is, and the preview shows what is there now. Say the patient by handle in
            patient; references in the resource take no handles. A change is bound to the version that the preview showed. A create is never sent twice; if its
            answer is lost, look before trying again. For several records at once use provider_fhir_bundle; to make FHIR of text first, lang2fhir_create.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Write, ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        Endpoints = [ProviderEndpoints.Make, ProviderEndpoints.Upsert, ProviderEndpoints.Patch, ProviderEndpoints.Remove, ProviderEndpoints.Read],
        Input = ProviderJson.Default.ProviderFhirWriteInput,
        DataSchema = LanguageSchemas.Change,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<ProviderFhirWriteInput>(Write, PlanAsync)];

    private async Task<WritePlan> PlanAsync(ProviderFhirWriteInput input, CallContext call, CancellationToken cancellation)
    {
        FhirNames.RequireType(input.Type);
        Together(input);
        var server = new ProviderFhir(client, extras, input.Provider, call);
        await GivenResource.RequirePatientAsync(server, input.Patient, call, cancellation);
        var signed = new SignedWrites(server, client, call, time);
        var writing = new RecordWriting(server, client, call, signed);
        if (input.Action == "create") return writing.Create(input.Type, signed.Labelled(Given(input)));
        var seen = await server.FindAsync(input.Type, input.Id!, cancellation) is { } row ? PhenoMLBody.Object(row) : null;
        await GivenResource.KnowPatientAsync(server, seen, call, cancellation);
        if (seen is null && input.Action != "upsert")
            throw new CallFailureException(FailureCodes.NotFound,
                "The FHIR server has no such record: search again and use a handle from the answer.") { Argument = "id" };
        return input.Action switch
        {
            "upsert" => writing.Replace(input.Type, input.Id!, seen, signed.Labelled(Upserted(input, seen, call))),
            "patch" => Patch(input, seen!, signed, writing, call),
            _ => writing.Remove(input.Type, input.Id!, seen!),
        };
    }

    private static WritePlan Patch(ProviderFhirWriteInput input, JsonObject seen, SignedWrites signed, RecordWriting writing, CallContext call)
    {
        var after = Patched(input, seen, call);
        var (type, given) = input.Operations is { } operations
            ? ("application/json-patch+json", (JsonNode)JsonPatch.Body(operations))
            : (ProviderFhir.FhirJson, GivenResource.Of(input.Resource!, "resource"));
        var patch = signed.Labelled(after, given);
        return writing.Change(input.Type, input.Id!, seen, signed.Labelled(after), (type, PhenoMLBody.Bytes(patch)));
    }

    private static void Together(ProviderFhirWriteInput input)
    {
        if (input.Action == "create" == input.Id is not null)
            throw CallFailureException.Invalid("id", "id goes with upsert, patch and delete, and not with create: the server makes the id of a new record.");
        if (input.Action == "patch" ? input.Resource is null == input.Operations is null : input.Operations is not null)
            throw CallFailureException.Invalid("operations",
                "For patch give either operations or resource (the part to merge in); elsewhere operations have no place.");
        if (input.Action is "create" or "upsert" && input.Resource is null)
            throw CallFailureException.Invalid("resource", "resource is missing: give the FHIR resource as a JSON object.");
        if (input.Action == "delete" && input.Resource is not null) throw CallFailureException.Invalid("resource", "delete takes no resource: leave it out.");
        if (input.Action is "patch" or "delete" && input.Patient is not null)
            throw CallFailureException.Invalid("patient", "patient goes with create and upsert only: whose record it is cannot be changed here.");
    }

    private static JsonObject Given(ProviderFhirWriteInput input)
    {
        var resource = GivenResource.Of(input.Resource!, "resource");
        if (resource.Text("resourceType") is { } said && said != input.Type)
            throw CallFailureException.Invalid("resource", "resource has another resourceType than type says: correct one of the two.");
        if (input.Action == "create" && resource.ContainsKey("id"))
            throw CallFailureException.Invalid("resource", "A new record has no id yet: leave id out of resource.");
        resource["resourceType"] = input.Type;
        if (input.Action == "upsert") resource["id"] = input.Id;
        if (!GivenResource.Link(resource, input.Patient))
            throw CallFailureException.Invalid("patient", "A record of this type refers to no patient: leave patient out.");
        GivenResource.Check(resource, "resource");
        return resource;
    }

    private static JsonObject Upserted(ProviderFhirWriteInput input, JsonObject? seen, CallContext call) =>
        seen is null || call.IdentifiersVisible ? Given(input)
        : throw new CallFailureException(
            FailureCodes.QuestionWithheld,
            "This record is there already, and upsert would replace also what is withheld from you at this privacy level: use patch for what is to change.")
        {
            Argument = "action",
        };

    private static JsonObject Patched(ProviderFhirWriteInput input, JsonObject seen, CallContext call)
    {
        var after = input.Operations is { } operations
            ? JsonPatch.Apply(seen, operations, call.IdentifiersVisible)
            : JsonPatch.Merge(seen, GivenResource.Of(input.Resource!, "resource"));
        if (call.IdentifiersVisible && JsonPatch.Changed(seen, after).Count == 0)
            throw new CallFailureException(FailureCodes.Conflict, "The record is like this already: there is nothing to change.");
        GivenResource.Check(after, input.Operations is null ? "resource" : "operations");
        return after;
    }
}
