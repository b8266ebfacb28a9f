using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Providers;
using HealthMcp.Upstreams.PhenoML.Searching;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>Questions in words as FHIR searches: made, or made and asked.</summary>
internal sealed class TextSearchTools(UpstreamClient client, PhenoMLExtras extras) : IToolSet
{
    private static readonly ToolDefinition Make = new()
    {
        Name = "lang2fhir_search",
        Title = "Make a FHIR search from a question",
        Description = """
            Turns a question in words into a FHIR search: resource type and parameters, with codes looked up, e.g. "active medication requests for metformin".
            Nothing is searched: give the parameters to provider_fhir_search or drcloud_fhir_search, or use search_fhir_by_text, which asks at once. The
            question is sent to PhenoML, a third party. A language model made it: see whether the parameters ask what you meant.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/fhir.create"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [LanguageEndpoints.Search],
        Input = LanguageJson.Default.SearchFromTextInput,
        DataSchema = QueryRow.Schema,
    };

    private static readonly ToolDefinition Ask = new()
    {
        Name = "search_fhir_by_text",
        Title = "Search a FHIR server in words",
        Description = """
            Has PhenoML turn a question into a FHIR search and ask a FHIR server that it knows (list_fhir_providers), e.g. "lab results for creatinine in 2024"
            with the patient's handle. Answers the search that was made and what it found; read it first, for a language model made it. To say the
            parameters yourself, or to page, use provider_fhir_search. The question is sent to PhenoML, a third party. Below the identified level it takes
            no names and no days: give patient, and whole years.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/fhir.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [LanguageEndpoints.Ask],
        Input = LanguageJson.Default.SearchFhirByTextInput,
        DataSchema = """{"type":"object","properties":{"search":{"type":"array","items":""" + QueryRow.Schema + """
            },"resources":{"type":"array","items":{"type":"object","properties":{"resourceType":{"type":"string"}}}}},"required":["search","resources"]}
            """,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<SearchFromTextInput>(Make, MakeAsync), Tool.Reading<SearchFhirByTextInput>(Ask, AskAsync)];

    private async Task<UpstreamResult> MakeAsync(SearchFromTextInput input, CallContext call, CancellationToken cancellation)
    {
        Require(input.Text);
        var text = extras.Outbound.Text("text", input.Text);
        var request = new UpstreamRequest(LanguageEndpoints.Search) { Body = PhenoMLBody.Of(("text", text.Sent)) };
        var answer = await client.SendAsync(request, call, cancellation, PhenoMLFailures.IsOwn);
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "PhenoML could make no search of this: say what kind of record you look for.", "text");
        var (type, pairs, _) = answer.Read(Made);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, QueryRow.Shape, [QueryRow.Of(type, pairs)]) { Single = true }) with
        {
            Echo = input.Text,
            Notices = [.. OutboundPolicy.Said(text), .. pairs.Count == 0
                ? ["The search has no parameter: it would find every record of its type."] : Array.Empty<string>()],
        };
    }

    private async Task<UpstreamResult> AskAsync(SearchFhirByTextInput input, CallContext call, CancellationToken cancellation)
    {
        Require(input.Text);
        var text = extras.Outbound.Text("text", input.Text);
        var request = new UpstreamRequest(LanguageEndpoints.Ask)
        {
            Body = PhenoMLBody.Of(("text", text.Sent), ("patient_id", input.PatientId), ("count", input.Count), ("provider", input.Provider)),
        };
        var answer = await client.SendAsync(extras.Delegated(request), call, cancellation, PhenoMLFailures.IsOwn);
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "PhenoML has no such FHIR server: see list_fhir_providers.", "provider");
        var (type, pairs, rows) = answer.Read(Made);

        // Only now is known what was asked; an answer that would tell what is withheld is not given.
        SearchGuard.Check(type, pairs, "text", input.PatientId is not null, call);
        if (!call.IdentifiersVisible && SearchGuard.IsLookUp(type, pairs)) rows = [.. rows.Where(row => WholeLookUp.Matches(row, pairs))];
        return new UpstreamResult(
            PhenoMLEndpoints.System,
            [new Section("search", QueryRow.Shape, [QueryRow.Of(type, pairs)]), new Section("resources", "phenoml.resource", rows)])
        {
            Notices =
            [
                .. OutboundPolicy.Said(text),
                .. rows.Count == 0 ? ["Nothing was found. Searched one FHIR server behind PhenoML, by the search that is shown."] : Array.Empty<string>(),
            ],
            Searched = "one FHIR server behind PhenoML, by the search that is shown",
        };
    }

    private static void Require(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw CallFailureException.Invalid("text", "text holds nothing but white space: put the question in words.");
    }

    private static (string Type, IReadOnlyList<SearchPair> Pairs, IReadOnlyList<ReadOnlyMemory<byte>> Rows) Made(ReadOnlyMemory<byte> json)
    {
        var answer = PhenoMLBody.Object(json);
        if (answer["success"] is JsonValue success && success.GetValueKind() == JsonValueKind.False)
            throw new CallFailureException(FailureCodes.UpstreamRejected,
                "PhenoML says that the search failed: put the question more plainly, or use provider_fhir_search.");
        var type = answer.Text("resource_type") is { } said && R4Table.Default.Resource(said) is not null
            ? said : throw new JsonException("a type of R4 expected");
        return (type, SearchPair.Read(answer.Text("search_params") ?? ""), Rows.At(json, "fhir_results"));
    }
}
