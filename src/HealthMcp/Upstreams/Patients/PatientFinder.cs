using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients;

/// <summary>The patient that a write is about: read by handle, or found by a complete look-up.</summary>
internal sealed class PatientFinder(PatientsApi api, LookupGuesses guesses)
{
    /// <exception cref="CallFailureException">No patient, or no single one; says how to go on.</exception>
    public async Task<FoundPatient> FindAsync(string? patient, PatientLookupInput? lookup, CallContext call, CancellationToken cancellation)
    {
        if (patient is null == lookup is null)
            throw CallFailureException.Invalid(
                "patient",
                "Say who the patient is in one way: patient (a handle), or patient_lookup (first_name, last_name and date_of_birth).");
        var record = patient is not null
            ? await api.RecordAsync(await api.RequestAsync(PatientsEndpoints.GetPatient, patient, cancellation), call, cancellation)
            : await LookUpAsync(lookup!, call, cancellation);
        var found = FoundPatient.Of(record);
        call.Read.Add(PatientsEndpoints.GetPatient.Shape, record);
        call.Trace.Touched(PatientsEndpoints.System, found.Id);
        return found;
    }

    private async Task<ReadOnlyMemory<byte>> LookUpAsync(PatientLookupInput lookup, CallContext call, CancellationToken cancellation)
    {
        Task<IReadOnlyList<ReadOnlyMemory<byte>>> Ask() => MatchesAsync(lookup, call, cancellation);
        var who = LookupGuesses.Who(lookup.FirstName, lookup.LastName);
        var matches = call.DatesVisible ? await Ask() : await guesses.AskAsync(who, lookup.DateOfBirth, Ask, found => found.Count > 0);
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw new CallFailureException(
                FailureCodes.NotFound,
                "No patient has this first name, last name and date of birth: "
                    + "check the spelling and the date, or use a patient handle.") { Argument = "patient_lookup" },
            _ => throw new CallFailureException(
                FailureCodes.Conflict,
                "More than one patient has this name and date of birth: "
                    + "a person must say which record is meant; then use its patient handle.") { Argument = "patient_lookup" },
        };
    }

    // By birth date alone, because the vendor's free-text search does not say how it treats a full name; names are compared here.
    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> MatchesAsync(PatientLookupInput lookup, CallContext call, CancellationToken cancellation)
    {
        var rows = await api.AllAsync(
            async () => (await api.RequestAsync(PatientsEndpoints.ListPatients, null, cancellation))
                .Query("dob_from", lookup.DateOfBirth)
                .Query("dob_to", lookup.DateOfBirth),
            call,
            cancellation);
        return [.. rows.Where(row => Holds(lookup, row))];
    }

    private static bool Holds(PatientLookupInput lookup, ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var patient = json.RootElement;
        return (WholeMatch.Same(lookup.FirstName, patient.Text("first_name")) || WholeMatch.Same(lookup.FirstName, patient.Text("preferred_name")))
            && WholeMatch.Same(lookup.LastName, patient.Text("last_name"))
            && patient.Text("date_of_birth") == lookup.DateOfBirth;
    }
}

/// <summary>What a write needs of the patient's record.</summary>
/// <param name="Label">Name and birth date, for the person who approves; the privacy shape treats it as a name.</param>
/// <param name="Status">Lifecycle status as the API words it.</param>
internal sealed record FoundPatient(string Id, string Label, string? Status)
{
    /// <exception cref="CallFailureException">The record has no id.</exception>
    public static FoundPatient Of(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var patient = json.RootElement;
        var name = WholeMatch.Plain($"{patient.Text("first_name")} {patient.Text("last_name")}");
        var label = patient.Text("date_of_birth") is { } born ? $"{name}, born {born}" : name;
        return new(patient.Text("id") ?? throw UpstreamFailures.NotJson(), label, patient.Text("status"))
        {
            AllergyReview = patient.Text("allergy_review_status"),
            Born = DateOnly.TryParseExact(patient.Text("date_of_birth"), "yyyy-MM-dd", out var date) ? date : null,
        };
    }

    /// <summary>nkda (no known drug allergies), not_reviewed or reviewed.</summary>
    public string? AllergyReview { get; init; }

    /// <summary>For warnings to the person who approves, and to nobody else: what depends on it tells it. Null where the record does not say.</summary>
    public DateOnly? Born { get; init; }

    /// <summary>What deserves a second look before anything is written to this record.</summary>
    public IReadOnlyList<string> Warnings => Status switch
    {
        "archived" => ["The patient's record is archived: check that it is the right one."],
        "deceased" => ["The patient is marked as deceased: check that it is the right record and date."],
        _ => [],
    };

    public override string ToString() => nameof(FoundPatient);
}
