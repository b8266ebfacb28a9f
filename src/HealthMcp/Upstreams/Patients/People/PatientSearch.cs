using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Searches patients: a list page by page, or one person by values that are compared whole here.</summary>
internal sealed class PatientSearch(PatientsApi api, LookupGuesses guesses)
{
    private const int DefaultSize = 25;
    private const int MostTyped = 100;

    /// <summary>One page of a list, through the keyset pages of the API.</summary>
    public async Task<UpstreamResult> ListAsync(SearchPatientsInput asked, CallContext call, CancellationToken cancellation)
    {
        var request = (await api.RequestAsync(PeopleEndpoints.Walk, null, cancellation))
            .Query("first", asked.PageSize ?? DefaultSize)
            .Query("after", call.Page)
            .Query("sort_by", asked.SortBy ?? "created_at")
            .Query("sort_dir", asked.SortDir ?? "asc")
            .Query("status", asked.Status)
            .Query("search", asked.Search)
            .Query("primary_provider_uuid", asked.PrimaryProviderUuid)
            .Query("location_uuid", asked.LocationUuid)
            .Query("dob_from", asked.DobFrom)
            .Query("dob_to", asked.DobTo)
            .Query("tag_definition_uuid", asked.TagDefinitionUuid);
        var page = (await api.SendAsync(request, call, cancellation)).Read(body => CursorPage.Of(body, call.Page));
        return Answer(page.Rows) with { NextPage = page.Next };
    }

    /// <summary>All patients that a complete look-up names.</summary>
    public async Task<UpstreamResult> LookUpAsync(SearchPatientsInput asked, CallContext call, CancellationToken cancellation)
    {
        Task<IReadOnlyList<ReadOnlyMemory<byte>>> Ask() => CandidatesAsync(asked, call, cancellation);
        var found = asked.DateOfBirth is null || call.DatesVisible
            ? await Ask()
            : await guesses.AskAsync(LookupGuesses.Who(asked.FirstName, asked.LastName), asked.DateOfBirth, Ask, rows => rows.Count > 0);
        return Answer(found, found.Count);
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> CandidatesAsync(SearchPatientsInput asked, CallContext call, CancellationToken cancellation)
    {
        var candidates = asked.ChartNumber is { } number
            ? await TypedAsync(number, call, cancellation)
            : await api.AllAsync(() => CandidatesRequestAsync(asked, cancellation), call, cancellation);
        return [.. candidates.Where(row => Holds(asked, row))];
    }

    // By birth date where there is one: the vendor does not say how its free text treats a full name. Otherwise by last name alone.
    private async ValueTask<UpstreamRequest> CandidatesRequestAsync(SearchPatientsInput asked, CancellationToken cancellation) =>
        (await api.RequestAsync(PatientsEndpoints.ListPatients, null, cancellation))
            .Query("dob_from", asked.DateOfBirth)
            .Query("dob_to", asked.DateOfBirth)
            .Query("search", asked.DateOfBirth is null ? WholeMatch.Plain(asked.LastName!) : null);

    /// <summary>The compact rows of the typeahead, which looks in names and chart numbers only.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> TypedAsync(string text, CallContext call, CancellationToken cancellation)
    {
        var request = (await api.RequestAsync(PeopleEndpoints.Typeahead, null, cancellation)).Query("q", WholeMatch.Plain(text)).Query("limit", MostTyped);
        return (await api.SendAsync(request, call, cancellation)).Read(body => Rows.At(body, PeopleEndpoints.Typeahead.Rows!));
    }

    private static bool Holds(SearchPatientsInput asked, ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var patient = json.RootElement;
        return Same(asked.ChartNumber, patient.Text("chart_number"))
            && (Same(asked.FirstName, patient.Text("first_name")) || Same(asked.FirstName, patient.Text("preferred_name")))
            && Same(asked.LastName, patient.Text("last_name"))
            && (asked.DateOfBirth is null || patient.Text("date_of_birth") == asked.DateOfBirth);
    }

    private static bool Same(string? wanted, string? has) => wanted is null || WholeMatch.Same(wanted, has);

    private static UpstreamResult Answer(IReadOnlyList<ReadOnlyMemory<byte>> rows, long? total = null) =>
        UpstreamResult.Of(PatientsEndpoints.System, new Section(null, PatientsEndpoints.ListPatients.Shape, rows) { Total = total });
}
