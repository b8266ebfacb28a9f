using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Reading;

/// <summary>One record of the EHR by its type and handle.</summary>
internal sealed class FhirReadTools(UpstreamClient client, ServerProbe probe) : IToolSet
{
    private static readonly ToolDefinition Read = new()
    {
        Name = "drcloud_fhir_read",
        Title = "Read a FHIR record of DrCloudEHR",
        Description = """
            Reads one FHIR R4 record of the EHR by type and handle, e.g. what a reference of an earlier answer points at: for "MedicationRequest/medreq_…" give type
            MedicationRequest and id medreq_…. Reads former versions where the server keeps them, and the files of a document with include_files (text, C-CDA and
            JSON are shown as far as the privacy level lets them; pictures and PDF are withheld). Without a handle, search first with drcloud_fhir_search.
            """,
        Toolset = DrCloudEndpoints.System,
        Scopes = ["drcloud/fhir.read"],
        ScopesOf = ReadScopes.Of,
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["type"] = "user/{type}.rs",
            ["include_files"] = "user/Binary.rs",
        },
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = DrCloudEndpoints.ForReading,
        Input = DrCloudJson.Default.FhirReadInput,
        DataSchema = """
            {"type":"object","properties":{"resources":{"type":"array","description":"The record, or its versions","items":{"type":"object","properties":{"resourceType":{"type":"string"}}}},
            "files":{"type":"array","description":"Its files, when asked for","items":{"type":"object","properties":{"resourceType":{"type":"string"},"text":{"type":"string"}}}}},
            "required":["resources"]}
            """,
    };

    private readonly FhirRead _read = new(client);

    public IEnumerable<Tool> Tools => [Tool.Reading<FhirReadInput>(Read, ReadAsync)];

    private async Task<UpstreamResult> ReadAsync(FhirReadInput input, CallContext call, CancellationToken cancellation)
    {
        var type = FhirTypes.Readable.First(known => known.Name == input.Type);
        var history = input.History == true;
        CheckVersion(input.Version, history);
        await client.SignInAsync(cancellation);
        GrantCheck.Require(type, client.Granted);
        if (history || input.Version is not null) await RequireVersionsAsync(type, history, call, cancellation);
        var rows = (input.Version, history) switch
        {
            (_, true) => await _read.HistoryAsync(type, input.Id, call, cancellation),
            ({ } version, _) => [await _read.VersionAsync(type, input.Id, version, call, cancellation)],
            _ => [await _read.OneAsync(type, input.Id, call, cancellation)],
        };
        await KnowAsync(rows, call, cancellation);
        var sections = new List<Section> { new("resources", DrCloudEndpoints.AnyResource, rows) { Total = rows.Count } };
        var notices = new List<string>();
        if (input.IncludeFiles == true && type != FhirTypes.Binary) sections.Add(await FilesAsync(rows, notices, call, cancellation));
        return new UpstreamResult(DrCloudEndpoints.System, sections)
        {
            Notices = notices,
            Searched = $"{type.Name} by id in DrCloudEHR",
            View = ResourceViews.Of(input.View),
        };
    }

    // Whose names must not stand in the texts, only the person's own record tells (decision 0012).
    private async Task KnowAsync(IReadOnlyList<ReadOnlyMemory<byte>> rows, CallContext call, CancellationToken cancellation)
    {
        if (call.IdentifiersVisible) return;
        foreach (var id in rows.Select(PatientOf).OfType<string>().Distinct(StringComparer.Ordinal))
            call.Read.Add(DrCloudEndpoints.AnyResource, await _read.OneAsync(FhirTypes.ByName["Patient"], id, call, cancellation));
    }

    private static string? PatientOf(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        foreach (var name in new[] { "subject", "patient", "beneficiary" })
            if (json.RootElement.TryGetProperty(name, out var about) && ReferenceTarget.Of(about) is { Type: "Patient", Id: { Length: > 0 } id }) return id;
        return null;
    }

    private async Task RequireVersionsAsync(FhirType type, bool history, CallContext call, CancellationToken cancellation)
    {
        var profile = await probe.GetAsync(call, cancellation);
        var (interaction, argument) = history ? ("history-instance", "history") : ("vread", "version");
        if (type == FhirTypes.Binary || !profile.Does(type.Name, interaction)) throw ReadFailures.NotOffered(type, argument);
    }

    private async Task<Section> FilesAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> rows, List<string> notices, CallContext call, CancellationToken cancellation)
    {
        GrantCheck.Require(FhirTypes.Binary, client.Granted);
        var ids = rows.SelectMany(row => AttachedFiles.Of(row)).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0) notices.Add("The record points at no file that the EHR keeps as Binary.");
        if (ids.Count > AttachedFiles.Most) notices.Add($"The record points at {ids.Count} files; the first {AttachedFiles.Most} were fetched.");
        var (files, missing) = (new List<ReadOnlyMemory<byte>>(), 0);
        foreach (var id in ids.Take(AttachedFiles.Most))
        {
            try
            {
                files.Add(await _read.OneAsync(FhirTypes.Binary, id, call, cancellation));
            }
            catch (CallFailureException e) when (e.Code == FailureCodes.NotFound)
            {
                missing++;
            }
        }

        if (missing > 0) notices.Add($"{missing} file(s) of the record are not there any more.");
        return new Section("files", DrCloudEndpoints.AnyResource, files);
    }

    private static void CheckVersion(string? version, bool history)
    {
        if (version is null) return;
        if (history) throw CallFailureException.Invalid("version", "Give either version or history, not both.");
        if (!version.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') || version.Trim('.').Length == 0)
            throw CallFailureException.Invalid("version", "version is a meta.versionId of an earlier answer: letters, digits, - and dots.");
    }
}
