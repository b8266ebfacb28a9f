using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Searching;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>From a cohort in words to searches, and to the patients whom they find.</summary>
internal sealed class CohortTools(UpstreamClient client, PhenoMLExtras extras) : IToolSet
{
    private const string ProviderScope = "phenoml/fhir.read";
    private static readonly Dictionary<string, string> ByArgument = new(StringComparer.Ordinal) { ["provider"] = ProviderScope };

    private static readonly ToolDefinition Analyze = new()
    {
        Name = "analyze_cohort",
        Title = "Turn a cohort into FHIR searches",
        Description = """
            Turns a description of a group of patients ("women over 65 with diabetes but not hypertension") into FHIR searches: one row for each criterion with
            resource type, parameters, and whether it excludes. Run them with drcloud_fhir_search, or give provider, and PhenoML looks in that FHIR provider
            itself and answers how many patients there are and their handles. A language model makes the criteria: read them before you trust a number. The
            words are sent to PhenoML, a third party.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/analysis.read"],
        ScopesOf = arguments => arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("provider", out _) ? [ProviderScope] : [],
        ScopesByArgument = ByArgument,
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [AnalysisEndpoints.Cohort, AnalysisEndpoints.ProviderCohort],
        Input = AnalysisJson.Default.AnalyzeCohortInput,
        DataSchema = AnalysisSchemas.Cohort,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<AnalyzeCohortInput>(Analyze, AnalyzeAsync)];

    public async Task<UpstreamResult> AnalyzeAsync(AnalyzeCohortInput input, CallContext call, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(input.Text))
            throw CallFailureException.Invalid("text", "text holds nothing but white space: say who belongs to the cohort.");
        var endpoint = input.Provider is null ? AnalysisEndpoints.Cohort : AnalysisEndpoints.ProviderCohort;
        var text = extras.Outbound.Text("text", input.Text);
        var body = JsonSerializer.SerializeToUtf8Bytes(new CohortBody(text.Sent, input.Provider), AnalysisJson.Default.CohortBody);
        var request = new UpstreamRequest(endpoint) { Body = body };
        if (input.Provider is not null) extras.Delegated(request);
        var answer = await client.SendAsync(request, call, cancellation, status => status is 402 or 404 || IsUnknown(input, status));
        if (IsUnknown(input, answer.Status) || answer.Status == 404)
            throw new CallFailureException(
                FailureCodes.UpstreamRejected,
                $"PhenoML did not accept this ({answer.Status}): check that provider is one that this instance is connected with, or leave it out.")
            {
                Argument = "provider",
            };
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "", "text");
        VendorAnswer.Succeeded(answer);
        if (input.Provider is not null) Hold(answer, call);
        return Result(input, answer, text);
    }

    // Only now is known what was asked; patients are answered by it, so it is held to the level like any question (decision 0008).
    private static void Hold(UpstreamResponse answer, CallContext call)
    {
        foreach (var query in answer.Read(json => Rows.At(json, "queries").Select(PhenoMLBody.Object).ToList()))
            SearchGuard.Check(query.Text("resource_type") ?? "", SearchPair.Read(query.Text("search_params") ?? ""), "text", aboutPatient: true, call);
    }

    private static bool IsUnknown(AnalyzeCohortInput input, int status) => input.Provider is not null && status == 400;

    private UpstreamResult Result(AnalyzeCohortInput input, UpstreamResponse answer, OutboundText text)
    {
        var queries = answer.Read(json => Rows.At(json, "queries").Select(CohortQueries.Apart).ToList());
        List<Section> sections = [new("queries", "phenoml.cohort.query", queries) { Total = queries.Count }];
        if (input.Provider is not null)
        {
            var patients = answer.Read(json => Rows.At(json, "patientIds").Select(Patient).ToList());
            sections.Add(new Section("patients", "phenoml.cohort.patient", patients) { Total = answer.Read(Count) ?? patients.Count });
        }

        return new UpstreamResult(PhenoMLEndpoints.System, sections)
        {
            Echo = input.Text,
            Searched = input.Provider is null
                ? "The given words, for criteria of a cohort."
                : $"The given words, for criteria of a cohort, and one FHIR provider of {client.Source.Kind} PhenoML.",
            Notices =
            [
                .. OutboundPolicy.Said(text),
                .. queries.Count > 0 ? Array.Empty<string>()
                    : ["No criterion was recognised, so this says nothing about how many patients there are: put it in other words."],
            ],
        };
    }

    private static ReadOnlyMemory<byte> Patient(ReadOnlyMemory<byte> id) => JsonRow.Of(json =>
    {
        json.WritePropertyName("id");
        json.WriteRawValue(id.Span);
    });

    private static long? Count(ReadOnlyMemory<byte> json) =>
        VendorAnswer.Member(json, "patientCount") is { } count && long.TryParse(count.Span, provider: null, out var number) ? number : null;
}
