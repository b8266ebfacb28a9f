using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Questions about the practice's patients as a whole: numbers, and whether somebody is there already.</summary>
internal sealed class PopulationTools(PatientsApi api, DuplicateCheck duplicates) : IToolSet
{
    private const string Widened = "date_from and date_to were widened to whole years, because full dates are withheld at this privacy level.";

    private static readonly ToolDefinition Count = new()
    {
        Name = "count_patients_by_location",
        Title = "Count patients by location",
        Description = """
            Counts the practice's patients by location, without naming any of them. Narrow by status and by the date of the first visit;
            date_to is not included, so date_from 2024-01-01 with date_to 2025-01-01 is the year 2024. excluded_count tells how many
            match but stand under no active location. To list the patients themselves use search_patients.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.ReadRecords],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [PeopleEndpoints.CountByLocation],
        Input = PeopleJson.Default.CountPatientsByLocationInput,
        DataSchema = PeopleSchemas.Counts,
    };

    private static readonly ToolDefinition Check = new()
    {
        Name = "check_duplicate_patients",
        Title = "Check for duplicate patients",
        Description = """
            Looks whether a person may already have a record, before one is made: by last_name with date_of_birth, and at the identified
            level also by e-mail, mobile phone or social security number, each of which is a match by itself. Answers the candidates' handles;
            read them with get_patient and let a person decide. create_patient makes this check again by itself. To find a patient whom you
            know to be there use search_patients.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.ReadRecords],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [PeopleEndpoints.CheckDuplicates],
        Input = PeopleJson.Default.CheckDuplicatePatientsInput,
        DataSchema = PeopleSchemas.Patients,
    };

    public IEnumerable<Tool> Tools =>
        [Tool.Reading<CountPatientsByLocationInput>(Count, CountAsync), Tool.Reading<CheckDuplicatePatientsInput>(Check, CheckAsync)];

    public async Task<UpstreamResult> CountAsync(CountPatientsByLocationInput input, CallContext call, CancellationToken cancellation)
    {
        var (from, to) = call.DatesVisible ? (input.DateFrom, input.DateTo) : (WholeYears.Start(input.DateFrom), NextNewYear(input.DateTo));
        var request = (await api.RequestAsync(PeopleEndpoints.CountByLocation, null, cancellation))
            .Query("date_from", from)
            .Query("date_to", to)
            .Query("status_set", input.StatusSet);
        var counts = await api.RecordAsync(request, call, cancellation);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, PeopleEndpoints.CountByLocation.Shape, [counts]) { Single = true }) with
        {
            Notices = from != input.DateFrom || to != input.DateTo ? [Widened] : [],
        };
    }

    public async Task<UpstreamResult> CheckAsync(CheckDuplicatePatientsInput input, CallContext call, CancellationToken cancellation)
    {
        var found = await duplicates.FindAsync(DuplicateSignals.Screen(input, call), call, cancellation);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, PeopleEndpoints.CheckDuplicates.Shape, found) { Total = found.Count }) with
        {
            Searched = $"Patients of one practice in {api.Source.Kind} Patients with the same last_name and date_of_birth, or another signal that was given.",
        };
    }

    // The end is not included, so the first day of a year is whole already.
    private static string? NextNewYear(string? date) => date is null || date.EndsWith("-01-01", StringComparison.Ordinal)
        ? date
        : $"{int.Parse(date.AsSpan(0, 4), provider: null) + 1:0000}-01-01";
}
