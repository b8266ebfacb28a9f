using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Reading;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Generating;

/// <summary>The summary of a chart that the EHR writes itself: US Core's $docref, and the C-CDA document that it points at.</summary>
internal sealed class GenerateTools(UpstreamClient client) : IToolSet
{
    private const string Scope = "DocumentReference.$docref";
    private static readonly FhirType[] Types = [FhirTypes.ByName["Patient"], FhirTypes.ByName["DocumentReference"], FhirTypes.Binary];

    // The operation asks for documents and changes no record (US Core 3.1.1, OperationDefinition docref); that the EHR keeps what it wrote is its own affair.
    public static readonly Endpoint Docref = new(DrCloudEndpoints.System, "POST", "/fhir/DocumentReference/$docref", Effect.Read, DrCloudEndpoints.AnyResource)
    {
        Rows = "entry",
        SentOnce = true,
        Longest = TimeSpan.FromSeconds(150),
    };

    private static readonly ToolDefinition Generate = new()
    {
        Name = "drcloud_generate_document",
        Title = "Have DrCloudEHR summarise a chart",
        Description = """
            Has the EHR write a clinical summary of one patient (C-CDA: problems, medications, allergies, results, …) and gives it as sections of text, as far
            as the privacy level lets them. Takes up to two minutes. Use it for an overview of a whole chart; for particular values drcloud_fhir_search is
            exact and quicker, and documents that exist already are found with type DocumentReference there.
            """,
        Toolset = DrCloudEndpoints.System,
        Scopes = ["drcloud/fhir.read"],
        ScopesOf = _ => ["user/Patient.rs", "user/DocumentReference.rs", "user/Binary.rs"],
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["patient"] = "user/{type}.rs for Patient, DocumentReference and Binary",
        },
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [Docref, DrCloudEndpoints.Read["Patient"], DrCloudEndpoints.Read[FhirTypes.Binary.Name]],
        Input = DrCloudJson.Default.GenerateInput,
        DataSchema = """
            {"type":"object","properties":{"document":{"type":"object","description":"What the EHR says of the document"},
            "header":{"type":"object","description":"Title and date; whom it names is withheld below the identified level"},
            "parts":{"type":"array","items":{"type":"object","properties":{"part":{"type":"integer"},"title":{"type":"string"},"code":{"type":"string"},
            "text":{"type":"string"}}}},
            "files":{"type":"array","description":"The document, where it is no C-CDA","items":{"type":"object"}}},"required":["document"]}
            """,
    };

    private readonly FhirRead _read = new(client);

    public IEnumerable<Tool> Tools => [Tool.Reading<GenerateInput>(Generate, GenerateAsync)];

    private async Task<UpstreamResult> GenerateAsync(GenerateInput input, CallContext call, CancellationToken cancellation)
    {
        var (start, end) = call.DatesVisible ? (input.Start, input.End) : (WholeYears.Start(input.Start), WholeYears.End(input.End));
        if (end is not null && string.CompareOrdinal(start, end) > 0) throw CallFailureException.Invalid("end", "end must not be before start.");
        await client.SignInAsync(cancellation);
        RequireGrants();

        // Whose names must not stand in the text is known only from the patient's own record; without it there is no document.
        call.Read.Add(DrCloudEndpoints.AnyResource, await _read.OneAsync(FhirTypes.ByName["Patient"], input.Patient, call, cancellation));
        call.Progress(1, 3, "The EHR is writing the document.");
        var document = await AskAsync(input.Patient, start, end, call, cancellation);
        call.Progress(2, 3, "The document is fetched.");
        var described = new Section("document", DrCloudEndpoints.AnyResource, [document]) { Single = true };
        return new UpstreamResult(DrCloudEndpoints.System, [described, .. await ContentAsync(document, call, cancellation)])
        {
            Notices = start == input.Start && end == input.End ? [] : ["Days are withheld at this level, so start and end mean whole years."],
            View = FhirView.Resource,
        };
    }

    private void RequireGrants()
    {
        foreach (var type in Types) GrantCheck.Require(type, client.Granted);
        if (client.Granted is { } granted && !granted.Any(scope => scope.EndsWith("/" + Scope, StringComparison.Ordinal))) throw Lacking();
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(string patient, string? start, string? end, CallContext call, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(Docref) { Accept = FhirSearch.Accept }.Query("patient", patient).Query("start", start).Query("end", end);
        var answer = await client.SendAsync(request, call, cancellation, ReadFailures.IsOwn);
        if (answer.Status >= 400) throw Refused(answer);
        return answer.Read(json =>
        {
            using var bundle = JsonDocument.Parse(json);
            var found = BundleReader.Items(bundle.RootElement, "entry")
                .Select(entry => entry.TryGetProperty("resource", out var resource) ? resource : default)
                .FirstOrDefault(resource => BundleReader.Text(resource, "resourceType") == "DocumentReference");
            return found.ValueKind == JsonValueKind.Object
                ? new Found("DocumentReference", "", found).Bytes()
                : throw new CallFailureException(
                    FailureCodes.NotFound,
                    "The EHR wrote no document: there may be no care in that period; leave start and end out.");
        });
    }

    private async Task<IReadOnlyList<Section>> ContentAsync(ReadOnlyMemory<byte> document, CallContext call, CancellationToken cancellation)
    {
        if (AttachedFiles.Of(document) is not [var id, ..])
            throw new CallFailureException(FailureCodes.UpstreamNotJson, "The EHR names no file for the document that it wrote: tell the operator.");
        var file = await _read.OneAsync(FhirTypes.Binary, id, call, cancellation);
        if (Text(file) is { } text && XmlFile.Parse(text) is { Root: { Name.LocalName: "ClinicalDocument" } root })
        {
            var (header, sections) = ClinicalDocument.Read(root);
            var parts = DocumentParts.Of(sections);
            return
            [
                new Section("header", "drcloud.document.header", [header]) { Single = true },
                new Section("parts", "drcloud.document.part", parts) { Total = parts.Count },
            ];
        }

        return [new Section("files", DrCloudEndpoints.AnyResource, [file])];
    }

    private static string? Text(ReadOnlyMemory<byte> binary)
    {
        using var json = JsonDocument.Parse(binary);
        return json.RootElement.TryGetProperty("data", out var data) && data.TryGetBytesFromBase64(out var bytes) ? FileKinds.Text(bytes) : null;
    }

    private CallFailureException Refused(UpstreamResponse answer) => answer.Status switch
    {
        401 when !GrantCheck.IsBare(answer.Body) => UpstreamFailures.Of(DrCloudEndpoints.System, 401),
        401 or 403 => Lacking(),
        404 or 405 or 501 => new(
            FailureCodes.UpstreamForbidden,
            $"The EHR does not write summaries ({answer.Status}): search for type DocumentReference instead."),
        _ => new(FailureCodes.UpstreamRejected, $"The EHR wrote no document ({answer.Status}): check patient, start and end, or leave the days out."),
    };

    private static CallFailureException Lacking() => new(
        FailureCodes.UpstreamForbidden,
        $"The EHR does not let this server's account have documents written: the operator must register and request the scope system/{Scope} or "
            + $"user/{Scope} ({DrCloudOptions.Scopes}). Repeating the call will not help.");
}
