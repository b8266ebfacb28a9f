using System.Globalization;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR searches that are right although the server is not.</summary>
internal sealed class FhirSearchTools(UpstreamClient client, TimeProvider time, LookupGuesses guesses, ServerProbe probe) : IToolSet
{
    private static readonly ToolDefinition Search = new()
    {
        Name = "drcloud_fhir_search",
        Title = "Search FHIR resources in DrCloudEHR",
        Description = """
            Searches one FHIR R4 type (US Core) in the EHR: labs and vitals (Observation), problems (Condition), medications (MedicationRequest), visits (Encounter),
            allergies, procedures, immunizations, reports, documents, goals, care plans, patients, practitioners and more, 24 types in all. Takes FHIR's own search
            parameters, as a list or as a query string, and checks them before anything is sent; what the EHR cannot do (two-sided dates, system|code, status, :not,
            :missing, units, patient.birthdate and the like, sorting, _include) is done here, and notices say which part was done where.
            Start with type and patient. To find a patient at the default privacy
            level give one complete set: family and given, family and birthdate, or identifier; the answer holds handles for the next calls.
            """,
        Toolset = DrCloudEndpoints.System,
        Core = true,
        Scopes = ["drcloud/fhir.read"],
        ScopesOf = SearchScopes.Of,
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["type"] = "user/{type}.rs",
            ["include_provenance"] = "user/Provenance.rs",
            ["include"] = "user/{included type}.rs",
        },
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [.. DrCloudEndpoints.ForSearch, DrCloudEndpoints.Read["Patient"]],
        PersonRecord = DrCloudEndpoints.Read["Patient"],
        Input = DrCloudJson.Default.FhirSearchInput,
        DataSchema = """
            {"type":"object","properties":{"resources":{"type":"array","description":"FHIR R4 resources of the type","items":{"type":"object","properties":{"resourceType":{"type":"string"}}}},
            "included":{"type":"array","description":"Resources that these refer to, when asked for with include","items":{"type":"object","properties":{"resourceType":{"type":"string"}}}},
            "provenance":{"type":"array","description":"Provenance of these resources, when asked for","items":{"type":"object","properties":{"resourceType":{"type":"string"}}}}},
            "required":["resources"]}
            """,
    };

    private readonly FhirSearch _gathering = new(client);
    private readonly ChainedSearch _search = new(new FhirSearch(client), client, time);
    private readonly Inclusions _inclusions = new(new FhirSearch(client));

    public IEnumerable<Tool> Tools => [Tool.Reading<FhirSearchInput>(Search, SearchAsync)];

    private async Task<UpstreamResult> SearchAsync(FhirSearchInput input, CallContext call, CancellationToken cancellation)
    {
        var (question, held) = QuestionGuard.Hold(QuestionReader.Read(input), call);
        await client.SignInAsync(cancellation);
        GrantCheck.Require(question.Type, client.Granted);
        if (question.Provenance) GrantCheck.Require(FhirTypes.ByName["Provenance"], client.Granted);
        var ask = () => AnswerAsync(question, held, call, cancellation);
        var answer = question.Guess is var (who, born) ? await guesses.AskAsync(who, born, ask, found => found.Sections[0].Total > 0) : await ask();
        return answer with { View = ResourceViews.Of(input.View) };
    }

    private async Task<UpstreamResult> AnswerAsync(
        SearchQuestion question, IReadOnlyList<string> held, CallContext call, CancellationToken cancellation)
    {
        var offset = Offset(call.Page);
        var profile = await probe.GetAsync(call, cancellation);

        await client.SignInAsync(cancellation);
        question = PatientBinding.Bind(question, client.Granted, client.Patient).On((await client.BaseAddressAsync(cancellation)).AbsoluteUri.TrimEnd('/'));
        var (asked, plan, gathered, patients) = await _search.RunAsync(Unattested(question, profile), profile, call, cancellation);
        var matcher = new Matcher(time.GetUtcNow());
        var found = Sorting.Order(gathered.Matches.Where(f => plan.Here.All(c => matcher.Holds(c, f.Json))), question.Sort).ToList();
        List<Found> page = question.CountOnly ? [] : [.. found.Skip(offset).Take(question.Count)];
        Remember(patients, page, asked, call);
        if (Attestation(question, profile) is { } target)
            gathered = gathered with { Provenance = await _gathering.AboutAsync(target, question.Type, page, call, cancellation) };
        var (included, missing) = await _inclusions.FetchAsync(question, page, call, cancellation);
        return new UpstreamResult(DrCloudEndpoints.System, Sections(question, page, gathered, included, found.Count))
        {
            NextPage = offset + page.Count < found.Count && page.Count > 0 ? (offset + page.Count).ToString(CultureInfo.InvariantCulture) : null,
            Searched = question.CountOnly && found.Count > 0 ? null : SearchSentences.Searched(question),
            Notices = [.. held, .. SearchSentences.Notices(asked, plan, profile, gathered, found.Count), .. SearchSentences.Missing(missing)],
        };
    }

    // The vendor's server takes _revinclude for Provenance and little else; of another it is asked for by its target.
    private static SearchParameter? Attestation(SearchQuestion question, ServerProfile profile) =>
        question.Provenance && question.Type.Name != "Provenance" && profile.Conformant && ParameterTable.Find("Provenance", "target") is { } target
            && profile.Takes(target) ? target : null;

    private static SearchQuestion Unattested(SearchQuestion question, ServerProfile profile)
    {
        if (!question.Provenance || !profile.Conformant || question.Type.Name == "Provenance") return question;
        return Attestation(question, profile) is not null ? question with { Provenance = false } : throw CallFailureException.Invalid(
            "include_provenance", "This EHR does not list a search of Provenance by its target, so what it would give may not be all: leave it out.");
    }

    // A chain reads the patients themselves: redaction must know those whom the page is about.
    private static void Remember(IReadOnlyList<Found> patients, IReadOnlyList<Found> page, SearchQuestion asked, CallContext call)
    {
        if (asked.Chained is not { } via || page.Count == 0) return;
        var about = page.SelectMany(row => Matcher.Values(via, row.Json)).Select(value => ReferenceTarget.Of(value.Value)?.Id)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var patient in patients.Where(patient => about.Contains(patient.Id))) call.Read.Add(DrCloudEndpoints.AnyResource, patient.Bytes());
    }

    private static List<Section> Sections(SearchQuestion question, IReadOnlyList<Found> page, Gathered gathered, IReadOnlyList<Found> included, int total)
    {
        var sections = new List<Section>
        {
            new("resources", DrCloudEndpoints.AnyResource, [.. page.Select(f => f.Bytes())]) { Total = total, Fields = question.Elements },
        };
        if (question.Includes.Count > 0) sections.Add(new Section("included", DrCloudEndpoints.AnyResource, [.. included.Select(f => f.Bytes())]));
        if (!question.Provenance || question.Type.Name == "Provenance") return sections;
        var ids = page.Select(f => f.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var about = gathered.Provenance.DistinctBy(p => p.Id.Length > 0 ? p.Id : p.Json.GetRawText(), StringComparer.Ordinal)
            .Where(p => BundleReader.Items(p.Json, "target")
                .Any(t => ReferenceTarget.Of(t) is { } target && target.Type == question.Type.Name && ids.Contains(target.Id)));
        sections.Add(new Section("provenance", DrCloudEndpoints.AnyResource, [.. about.Select(p => p.Bytes())]));
        return sections;
    }

    private static int Offset(string? page)
    {
        if (page is null) return 0;
        return int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw new CallFailureException(FailureCodes.InvalidCursor, "cursor is not one of this search: leave it out to start again.")
            {
                Argument = "cursor",
            };
    }
}
