using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Reading;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>The one write that the vendor lists (<c>user/Practitioner.write</c>): a new practitioner, or a change of one.</summary>
internal sealed class SaveTools(UpstreamClient client, ServerProbe probe) : IToolSet
{
    private const string Twin = "A practitioner with this NPI is there already: change that record instead of making a second one.";
    private const string NotSearched = "Whether the practitioner is there already could not be looked up: search before you go on.";

    private static readonly FhirType Type = FhirTypes.ByName["Practitioner"];

    private static readonly ToolDefinition Save = new()
    {
        Name = "drcloud_save_practitioner",
        Title = "Make or change a practitioner in DrCloudEHR",
        Description = """
            Writes a practitioner (clinician) of the EHR; patients and their records cannot be written there. Without practitioner a new one is made, e.g.
            {"family":"Example","given":["Ann"],"npi":"1234567893","phone":"555-123-4567"}; search with drcloud_fhir_search first, so that nobody is made
            twice. With practitioner that record is read, the given fields are put in and all of it is sent, so that nothing else is lost:
            {"practitioner":"prac_…","phone":"555-123-4567","clear":["fax"]}. The preview shows the changed elements before and after, and its
            confirmation is good only while the record stays as it was read. The record is checked against FHIR R4, sent once, and read back. The EHR lets
            only a person's sign-in write.
            """,
        Toolset = DrCloudEndpoints.System,
        Scopes = ["drcloud/fhir.read", "drcloud/fhir.write"],
        ScopesOf = _ => ["user/Practitioner.rs", SaveFailures.Scope],
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal) { ["practitioner"] = SaveFailures.Scope, ["family"] = SaveFailures.Scope },
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        Endpoints =
        [
            DrCloudEndpoints.Metadata, DrCloudEndpoints.Search[Type.Name], DrCloudEndpoints.Read[Type.Name],
            DrCloudEndpoints.CreatePractitioner, DrCloudEndpoints.UpdatePractitioner,
        ],
        Input = DrCloudJson.Default.SavePractitionerInput,
        DataSchema = """
            {"type":"object","properties":{"practitioner":{"type":"object","description":"The record as it reads back"},
            "before":{"type":"object","description":"In a preview: the elements that change, as they are"},
            "after":{"type":"object","description":"In a preview: the same as they will be"}}}
            """,
    };

    private readonly FhirRead _read = new(client);

    public IEnumerable<Tool> Tools => [Tool.Writing<SavePractitionerInput>(Save, PlanAsync)];

    private async Task<WritePlan> PlanAsync(SavePractitionerInput input, CallContext call, CancellationToken cancellation)
    {
        PractitionerCheck.Arguments(input);
        await client.SignInAsync(cancellation);
        SaveFailures.Require(client.Granted, input.Practitioner is null);
        GrantCheck.Require(Type, client.Granted);
        var form = new ServerForm((await probe.GetAsync(call, cancellation)).Conformant);
        return input.Practitioner is { } id ? await ChangeAsync(id, input, form, call, cancellation) : await MakeAsync(input, form, call, cancellation);
    }

    private async Task<WritePlan> MakeAsync(SavePractitionerInput input, ServerForm form, CallContext call, CancellationToken cancellation)
    {
        var merge = PractitionerMerge.Of(null, input);
        PractitionerCheck.Structure(merge.Resource, null);
        if (call.Author is not null) AiLabel.Put(merge.Resource);
        IReadOnlyList<string> warnings = [.. await TwinsAsync(merge, call, cancellation), .. PractitionerCheck.Warnings(input, form.Conformant)];
        return Plan(
            form.Request(DrCloudEndpoints.CreatePractitioner, merge),
            new JsonObject { ["after"] = Part(merge, merge.Resource) },
            warnings,
            $"Makes a new practitioner in {client.Source.Kind} DrCloudEHR.",
            inner => new PractitionerWriter(client, form, call).CreateAsync(merge, inner)) with
        {
            Authorship = Says(call),
        };
    }

    private async Task<WritePlan> ChangeAsync(string id, SavePractitionerInput input, ServerForm form, CallContext call, CancellationToken cancellation)
    {
        var raw = await _read.OneAsync(Type, id, call, cancellation);
        var (stored, merge) = Merge(raw, input);
        var warnings = PractitionerCheck.Structure(merge.Resource, stored);
        if (call.Author is not null) AiLabel.Put(merge.Resource);
        var fields = PractitionerCheck.Given(input).Concat((input.Clear ?? []).Select(name => $"{name} (taken out)"));
        var preview = new JsonObject { ["before"] = Part(merge, stored), ["after"] = Part(merge, merge.Resource) };
        var version = stored["meta"] is JsonObject meta ? ResourceList.Text(meta, "versionId") : null;
        return Plan(
            form.Request(DrCloudEndpoints.UpdatePractitioner, merge).Route("id", id),
            preview,
            warnings,
            $"Changes {string.Join(", ", fields)} of one practitioner in {client.Source.Kind} DrCloudEHR and keeps the rest as it was read.",
            inner => new PractitionerWriter(client, form, call).UpdateAsync(id, merge, version, inner)) with
        {
            RecordVersion = Convert.ToHexStringLower(SHA256.HashData(raw.Span)),
            Authorship = Says(call),
        };
    }

    private static JsonObject Part(PractitionerMerge merge, JsonObject of)
    {
        var part = merge.Part(of);
        if ((of["meta"] as JsonObject)?["security"] is { } labels) part["meta"] = new JsonObject { ["security"] = labels.DeepClone() };
        return part;
    }

    // The vendor lists no scope that writes a Provenance.
    private static string? Says(CallContext call) => call.Author is null ? null
        : $"The practitioner gets the label {AiLabel.Code} in meta.security; the EHR takes no Provenance, and may not keep the label.";

    private async Task<IReadOnlyList<string>> TwinsAsync(PractitionerMerge merge, CallContext call, CancellationToken cancellation)
    {
        if (PractitionerMatch.Npi(merge.Resource) is not { } npi) return [];
        try
        {
            var found = await new PractitionerSearch(client, call).LikeAsync(merge.Resource, cancellation);
            return found.Rows.Any(row => PractitionerMatch.Npi(row) == npi) ? [Twin] : [];
        }
        catch (Exception e) when (e is CallFailureException or JsonException)
        {
            return [NotSearched];
        }
    }

    private static (JsonObject Stored, PractitionerMerge Merge) Merge(ReadOnlyMemory<byte> raw, SavePractitionerInput input)
    {
        try
        {
            var stored = ResourceJson.Read(raw);
            return (stored, PractitionerMerge.Of(stored, input));
        }
        catch (JsonException)
        {
            throw UpstreamFailures.NotJson();
        }
    }

    private static WritePlan Plan(
        UpstreamRequest request, JsonObject preview, IReadOnlyList<string> warnings, string says, Func<CancellationToken, Task<UpstreamResult>> execute) =>
        new(request.Endpoint, request.Path(), request.Body)
        {
            Preview = Encoding.UTF8.GetBytes(preview.ToJsonString()),
            ForPerson = Encoding.UTF8.GetBytes(preview.ToJsonString()),
            PreviewShape = DrCloudEndpoints.PractitionerChange,
            FindOut = "look the practitioner up with drcloud_fhir_search and type Practitioner",
            Warnings = warnings,
            Says = says,
            Execute = (_, cancellation) => execute(cancellation),
        };
}
