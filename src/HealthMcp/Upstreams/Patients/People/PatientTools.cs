using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Tools that find patients and read what their record says at the top.</summary>
internal sealed class PatientTools(PatientsApi api, PatientFinder finder, PatientSearch search, TimeProvider time) : IToolSet
{
    private static readonly ToolHints Reads = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false);

    private static readonly ToolDefinition Search = new()
    {
        Name = "search_patients",
        Title = "Search patients of the practice",
        Description = """
            Finds patients of the practice and answers their handles (pt_…), which the other Patients tools take. To find one person,
            give first_name and last_name, last_name and date_of_birth, all three, or chart_number; they are compared in full. To list
            a group, filter by status, provider, location, tag or birth dates, and go on with page.cursor: each patient comes once, also
            while others are being added. An empty answer says what was searched. For numbers only use count_patients_by_location; before
            making a new record use check_duplicate_patients.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.ReadRecords],
        Hints = Reads,
        Endpoints = [PeopleEndpoints.Walk, PatientsEndpoints.ListPatients, PeopleEndpoints.Typeahead],
        Input = PeopleJson.Default.SearchPatientsInput,
        DataSchema = PeopleSchemas.Patients,
    };

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_patient",
        Title = "Get a patient's record",
        Description = """
            Reads one patient's record in the practice: demographics, contact and billing data, status, provider, location, notes and
            the record's version, as far as your privacy level shows them. For allergies, medications, problems and vital signs at a
            glance use get_medical_summary; for one list in full use list_patient_records. Get the handle from search_patients.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.ReadRecords],
        Hints = Reads,
        Endpoints = [PatientsEndpoints.GetPatient],
        Input = PeopleJson.Default.GetPatientInput,
        DataSchema = PeopleSchemas.Patient,
    };

    private static readonly ToolDefinition Summary = new()
    {
        Name = "get_medical_summary",
        Title = "Get a patient's medical summary",
        Description = """
            Reads what a clinician looks at first, in one call: active problems, allergies with reactions, current and past medications,
            the latest vital signs, social history, active alerts, the urgent note, and whether premedication is needed.
            allergy_review_status tells whether an empty list of allergies means none (nkda) or not asked (not_reviewed). For the
            history behind one of the lists use list_patient_records.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.ReadRecords],
        Hints = Reads,
        Endpoints = [PeopleEndpoints.MedicalSummary, PatientsEndpoints.GetPatient],
        Input = PeopleJson.Default.GetMedicalSummaryInput,
        DataSchema = PeopleSchemas.Summary,
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<SearchPatientsInput>(Search, SearchAsync),
        Tool.Reading<GetPatientInput>(Get, GetAsync),
        Tool.Reading<GetMedicalSummaryInput>(Summary, SummaryAsync),
    ];

    public async Task<UpstreamResult> SearchAsync(SearchPatientsInput input, CallContext call, CancellationToken cancellation)
    {
        var question = PatientQuestion.Screen(input, call, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var result = question.Lookup
            ? await search.LookUpAsync(question.Input, call, cancellation)
            : await search.ListAsync(question.Input, call, cancellation);
        return result with { Notices = question.Notices, Searched = Searched(question) };
    }

    public async Task<UpstreamResult> GetAsync(GetPatientInput input, CallContext call, CancellationToken cancellation)
    {
        var record = await api.RecordAsync(await api.RequestAsync(PatientsEndpoints.GetPatient, input.Patient, cancellation), call, cancellation);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, PatientsEndpoints.GetPatient.Shape, [record]) { Single = true });
    }

    public async Task<UpstreamResult> SummaryAsync(GetMedicalSummaryInput input, CallContext call, CancellationToken cancellation)
    {
        // Notes name the patient and relatives; what the own record says is known to redaction once it was read.
        if (!call.IdentifiersVisible) await finder.FindAsync(input.Patient, null, call, cancellation);
        var request = await api.RequestAsync(PeopleEndpoints.MedicalSummary, input.Patient, cancellation);
        var answer = await api.SendAsync(request, call, cancellation);
        return new UpstreamResult(PatientsEndpoints.System, answer.Read(MedicalSummary.Sections)) { Notices = answer.Read(MedicalSummary.Notices) };
    }

    private string Searched(PatientQuestion question)
    {
        var by = question.Asked.Count == 0 ? "without a filter" : $"by {string.Join(", ", question.Asked)}{(question.Lookup ? " (matched in full)" : "")}";
        return $"Patients of one practice in {api.Source.Kind} Patients, {by}; archived ones only where status says so.";
    }
}
