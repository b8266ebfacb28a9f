using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>Tools that make a patient's record and change it.</summary>
internal sealed class RegistrationTools(PatientsApi api, RecordPlans plans, DuplicateCheck duplicates, PatientSearch search, TimeProvider time) : IToolSet
{
    private static readonly ToolDefinition Create = new()
    {
        Name = "create_patient",
        Title = "Register a patient",
        Description = """
            Makes a new patient's record. First it looks for duplicates by last_name with date_of_birth (at the identified level also by
            e-mail, mobile phone and social security number) and for the chart number; if somebody may be the same person, it refuses until
            a person has looked and despite_duplicates is true. Writes once, even when repeated, and reads the record back. For many at once
            use import_patients, to change a record update_patient. Example: {"first_name":"Ada","last_name":"Byron",
            "date_of_birth":"1985-12-10","gender":"female"}.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Endpoints =
        [
            PeopleEndpoints.CreatePatient, PeopleEndpoints.CheckDuplicates, PeopleEndpoints.Typeahead, PatientsEndpoints.GetPatient,
            PatientsEndpoints.ListPatients,
        ],
        Input = RegistrationJson.Default.CreatePatientInput,
        DataSchema = PeopleSchemas.Patient,
    };

    private static readonly ToolDefinition Update = new()
    {
        Name = "update_patient",
        Title = "Change a patient's record",
        Description = """
            Changes fields of a patient's own record: names, birth date, contact and billing data, provider, location, notes. Give only what
            changes; the API has no way to empty a field. The preview shows before and after. It is bound to the version that was seen: if somebody else was
            faster, nothing is written and you see both. Status and archiving: change_patient_status. Alerts, relationships, custom fields
            and clinical records have tools of their own.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        Endpoints = [PeopleEndpoints.UpdatePatient, PatientsEndpoints.GetPatient, PatientsEndpoints.ListPatients],
        Input = RegistrationJson.Default.UpdatePatientInput,
        DataSchema = RegistrationSchemas.Changed,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<CreatePatientInput>(Create, CreateAsync), Tool.Writing<UpdatePatientInput>(Update, UpdateAsync)];

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public async Task<WritePlan> CreateAsync(CreatePatientInput input, CallContext call, CancellationToken cancellation)
    {
        var body = RegistrationBody.Of(input, RegistrationJson.Default.CreatePatientInput, Today);
        var found = await ForeseeAsync(input, body, call, cancellation);
        var record = new NewRecord(PatientPlace.Record, PeopleEndpoints.CreatePatient, null, body.Bytes())
        {
            Narrow = request => PatientPlace.Narrow(request, input.LastName, input.DateOfBirth),
            Notices = row => PatientPlace.Text(row, "id") is null ? [] : Hinted(row),
        };
        var says = $"Registers a new patient in {plans.SourceKind} Patients with {string.Join(", ", body.Select(field => field.Key))}.";
        var plan = await plans.CreateAsync(record, null, says, Warnings(input, found, call), call, cancellation) with
        {
            // A duplicate that appears after the preview needs a look before it is written beside.
            RecordVersion = found ? "duplicate" : "new",
        };
        return input.ChartNumber is not { } number ? plan : plan with
        {
            Execute = (key, inner) => ToldApartAsync(() => plan.Execute(key, inner), number, input, call, inner),
        };
    }

    public async Task<WritePlan> UpdateAsync(UpdatePatientInput input, CallContext call, CancellationToken cancellation)
    {
        var fields = RegistrationBody.Of(input, RegistrationJson.Default.UpdatePatientInput, Today);
        if (fields.Count == 0) throw CallFailureException.Invalid("", "Say what to change: one or more fields of the record.");
        var seen = await PatientPlace.ReadAsync(api, input.Patient, call, cancellation);
        if (PatientPlace.Text(seen, "deleted_at") is not null)
            throw new CallFailureException(
                FailureCodes.Conflict, "This record is archived: restore it first with change_patient_status and new_status inactive.");
        var change = new RecordChange(PatientPlace.Record, PeopleEndpoints.UpdatePatient, null, input.Patient, seen, fields);
        var says = $"Changes {string.Join(", ", change.Changed)} of one patient's record in {plans.SourceKind} Patients.";
        return await plans.UpdateAsync(change, says, Identity(fields), call, cancellation);
    }

    private async Task<bool> ForeseeAsync(CreatePatientInput input, JsonObject body, CallContext call, CancellationToken cancellation)
    {
        // Who is there now may be what the write has made whose end is not known.
        if (call.SentBefore) return false;
        if (input.ChartNumber is { } number && await IsTakenAsync(number, call, cancellation)) throw Taken();
        var signals = new DuplicateSignals(input.LastName, input.DateOfBirth, input.Email, input.MobilePhone, input.SocialSecurityNumber).At(call);
        var found = !signals.IsEmpty && (await duplicates.FindAsync(signals, call, cancellation)).Count > 0;
        return !found || input.DespiteDuplicates == true
            ? found
            : throw new CallFailureException(
                FailureCodes.Conflict,
                "Somebody who may be the same person is registered already: show the user check_duplicate_patients, "
                    + "and only if it is somebody else call again with despite_duplicates true.") { Argument = "despite_duplicates" };
    }

    private async Task<bool> IsTakenAsync(string number, CallContext call, CancellationToken cancellation) =>
        (await HoldersAsync(number, call, cancellation)).Count > 0;

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> HoldersAsync(string number, CallContext call, CancellationToken cancellation) =>
        [.. (await search.TypedAsync(number, call, cancellation)).Where(row => WholeMatch.Same(number, PatientPlace.Text(row, "chart_number")))];

    // The API answers 409 to a used key and to a taken chart number alike; which of the two it was shows in the records. One of the same name may be
    // what an attempt of ours has stored, however the API wrote its values.
    private async Task<UpstreamResult> ToldApartAsync(
        Func<Task<UpstreamResult>> write, string number, CreatePatientInput input, CallContext call, CancellationToken cancellation)
    {
        try
        {
            return await write();
        }
        catch (CallFailureException failure) when (failure.Code == FailureCodes.Conflict)
        {
            var holders = await HoldersAsync(number, call, cancellation);
            if (holders.Count > 0 && !holders.Any(row => IsNamed(row, input))) throw Taken();
            throw;
        }
    }

    private static bool IsNamed(ReadOnlyMemory<byte> row, CreatePatientInput input) =>
        WholeMatch.Same(input.FirstName, PatientPlace.Text(row, "first_name")) && WholeMatch.Same(input.LastName, PatientPlace.Text(row, "last_name"));

    private static CallFailureException Taken() => new(
        FailureCodes.Conflict,
        "Another patient has this chart_number, so nothing was registered: check the number, or leave it out.") { Argument = "chart_number" };

    private static IReadOnlyList<string> Warnings(CreatePatientInput input, bool duplicate, CallContext call)
    {
        var said = new List<string>();
        if (duplicate) said.Add("Somebody who may be the same person is registered already; despite_duplicates says that a person has looked.");
        if (input.DateOfBirth is null) said.Add("Without date_of_birth duplicates by name are not found: ask for it if you can.");
        if (!call.IdentifiersVisible && (input.Email ?? input.MobilePhone ?? input.SocialSecurityNumber) is not null)
        {
            said.Add("At this privacy level duplicates were looked for by last_name and date_of_birth only; the API compares the rest when it registers.");
        }

        return said;
    }

    private static IReadOnlyList<string> Hinted(ReadOnlyMemory<byte> row) => JsonNode.Parse(row.Span) is JsonObject record
        && record["potential_duplicates"] is JsonArray { Count: > 0 }
            ? ["The API names possible duplicates of the new record (potential_duplicates): a person must look at them."]
            : [];

    private static IReadOnlyList<string> Identity(JsonObject fields) =>
        new[] { "first_name", "last_name", "date_of_birth", "social_security_number", "chart_number" }.Any(fields.ContainsKey)
            ? ["This changes what the patient is identified by: check that it is the right record."]
            : [];
}
