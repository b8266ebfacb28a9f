using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>From FHIR to rows of the OMOP common data model.</summary>
internal sealed class OmopTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private const string Shape = "phenoml.omop";

    private static readonly string[] Tables =
    [
        "person", "visit_occurrence", "condition_occurrence", "drug_exposure", "procedure_occurrence", "measurement", "observation", "death",
        "observation_period", "location", "care_site", "provider",
    ];

    private static readonly string[] Supported =
    [
        "Patient", "Encounter", "Condition", "Procedure", "MedicationRequest", "MedicationStatement", "MedicationAdministration", "Immunization",
        "Observation", "AllergyIntolerance", "Medication",
    ];

    private static readonly ToolDefinition Map = new()
    {
        Name = "fhir_to_omop",
        Title = "Map FHIR records to OMOP",
        Description = """
            Maps FHIR R4 resources to rows of OMOP CDM 5.4: data has one list for each table that got rows (person, visit_occurrence, condition_occurrence,
            drug_exposure, procedure_occurrence, measurement, observation), mappings says for each code how it was resolved (concept_id 0: not, or unverified),
            dropped lists resources without subject or code, summary counts. Needs at least one Patient. Other types are ignored, which a notice says. The
            resources are sent to PhenoML, a third party. Below the identified level ids of rows are handles that join the same rows.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/analysis.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [AnalysisEndpoints.Omop],
        Input = AnalysisJson.Default.FhirToOmopInput,
        DataSchema = AnalysisSchemas.Omop,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<FhirToOmopInput>(Map, MapAsync)];

    public async Task<UpstreamResult> MapAsync(FhirToOmopInput input, CallContext call, CancellationToken cancellation)
    {
        outbound.RequireAsIs("fhir_resources", OutboundPolicy.Records);
        var fhir = SentFhir.Read(input.FhirResources);
        if (!fhir.Of("Patient").Any())
            throw CallFailureException.Invalid("fhir_resources", "fhir_resources has no Patient, and OMOP needs at least one person: add it.");
        var body = JsonSerializer.SerializeToUtf8Bytes(new OmopBody(input.FhirResources), AnalysisJson.Default.OmopBody);
        var answer = await client.SendAsync(new UpstreamRequest(AnalysisEndpoints.Omop) { Body = body }, call, cancellation, status => status == 402);
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "", "fhir_resources");
        VendorAnswer.Succeeded(answer);
        return new UpstreamResult(PhenoMLEndpoints.System, answer.Read(Sections)) { Echo = fhir.Words(), Notices = [.. Ignored(fhir)] };
    }

    private static IReadOnlyList<Section> Sections(ReadOnlyMemory<byte> json)
    {
        var tables = VendorAnswer.Member(json, "tables");
        var rows = Tables.Select(table => new Section(table, $"{Shape}.{table}", tables is { } all ? Rows.At(all, table) : []));
        return
        [
            new Section("summary", $"{Shape}.counts", [Counts(json)]) { Single = true },
            .. rows.Where(section => section.Rows.Count > 0).Select(section => section with { Total = section.Rows.Count }),
            Whole(json, "mappings", "mapping"),
            Whole(json, "dropped", "dropped"),
        ];
    }

    private static Section Whole(ReadOnlyMemory<byte> json, string name, string shape)
    {
        var rows = Rows.At(json, name);
        return new Section(name, $"{Shape}.{shape}", rows) { Total = rows.Count };
    }

    private static ReadOnlyMemory<byte> Counts(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return JsonRow.Of(row =>
        {
            if (root.TryGetProperty("summary", out var counts) && counts.ValueKind == JsonValueKind.Object)
                foreach (var member in counts.EnumerateObject()) member.WriteTo(row);
            if (root.TryGetProperty("vocab_version", out var version) && version.ValueKind == JsonValueKind.String)
                row.WriteString("vocab_version", version.GetString());
        });
    }

    private static IEnumerable<string> Ignored(SentFhir fhir)
    {
        var types = fhir.Types.Except(Supported, StringComparer.Ordinal).ToList();
        if (types.Count > 0) yield return $"OMOP has no table here for {string.Join(", ", types)}: resources of these types were ignored.";
    }
}
