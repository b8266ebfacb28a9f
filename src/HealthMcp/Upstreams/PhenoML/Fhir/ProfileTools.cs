using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>Profiles of one's own.</summary>
internal sealed class ProfileTools(UpstreamClient client) : IToolSet
{
    private static readonly ToolDefinition Upload = new()
    {
        Name = "upload_fhir_profile",
        Title = "Upload a FHIR profile to PhenoML",
        Description = """
            Uploads a FHIR StructureDefinition (with snapshot) to this PhenoML instance, so that lang2fhir_create makes resources by it (its id, in small
            letters, as resource) and lang2fhir_create_multi too (implementation_guide). Everybody who uses the instance gets it, and PhenoML has no way to
            change or remove one, so ask the user first. It needs a dedicated instance; a shared one refuses. It must hold no patient's data.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/fhir.create", "phenoml/fhir.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [LanguageEndpoints.Upload],
        Input = LanguageJson.Default.UploadProfileInput,
        DataSchema = LanguageSchemas.Profile,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<UploadProfileInput>(Upload, PlanAsync)];

    private Task<WritePlan> PlanAsync(UploadProfileInput input, CallContext call, CancellationToken cancellation)
    {
        var file = ProfileFile.Read(input);
        var body = PhenoMLBody.Of(
            ("profile", Convert.ToBase64String(file.Bytes)), ("implementation_guide", input.ImplementationGuide), ("profile_context", input.ProfileContext));
        var request = new UpstreamRequest(LanguageEndpoints.Upload) { Body = body };
        return Task.FromResult(new WritePlan(LanguageEndpoints.Upload, request.Path(), body)
        {
            Preview = PhenoMLBody.Of(
                ("id", file.Id), ("type", file.Type), ("url", file.Url),
                ("implementation_guide", input.ImplementationGuide ?? "custom"), ("elements", file.Elements)),
            PreviewShape = "phenoml.profile.upload",
            Says = "Adds one profile to this PhenoML instance, for everybody who uses it; it cannot be removed again through this API.",
            Warnings = input.ProfileContext is null ? [] : ["profile_context replaces what the whole implementation guide had."],
            Execute = (_, inner) => UploadAsync(request, file, call, inner),
        });
    }

    private async Task<UpstreamResult> UploadAsync(UpstreamRequest request, ProfileFile file, CallContext call, CancellationToken cancellation)
    {
        const string FindOut = "call lang2fhir_create with the profile's id as resource and any text; a profile that is not there is refused as not found";
        var answer = await new PhenoMLWriter(client, call).SendAsync(request, FindOut, cancellation, status => status is 400 or 402 or 403);
        if (answer.Status is 400)
            throw CallFailureException.Invalid(
                "definition", "PhenoML refused the profile (400): one of the same id or url is there already, or its validation found fault with it.");
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "", "definition");
        var same = PhenoMLWriter.Read(answer, json => PhenoMLBody.Object(json).Text("id") == file.Id, FindOut);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, LanguageEndpoints.Upload.Shape, [answer.Body]) { Single = true }) with
        {
            Write = new WriteOutcome("done", Verified: false),
            Notices =
            [
                same ? "PhenoML took the profile under this id; it has no operation to read one back."
                    : "PhenoML gave the profile another id than its own: use the one shown.",
            ],
        };
    }
}
