using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>The patient's own record, as writes see it.</summary>
internal static class PatientPlace
{
    public static readonly RecordPlace Record = new("patient record", PatientsEndpoints.ListPatients, "patient_uuid")
    {
        Get = PatientsEndpoints.GetPatient,
        FindOut = "look with search_patients and get_patient",
        Words =
        [
            "address_note", "appointment_module_note", "medical_summary", "medical_urgent_note", "treatment_notes", "preferred_language", "state", "country",
        ],

        Texts = ["address_note", "appointment_module_note", "medical_summary", "medical_urgent_note", "treatment_notes"],

        // The API may answer a number masked, or not at all.
        NotAnswered = ["social_security_number"],
    };

    /// <summary>Narrows the list to where a record with this body must stand.</summary>
    public static UpstreamRequest Narrow(UpstreamRequest request, string lastName, string? born) =>
        born is null ? request.Query("search", WholeMatch.Plain(lastName)) : request.Query("dob_from", born).Query("dob_to", born);

    /// <summary>
    /// The record, archived or not: an archived one may be found in the list of archived ones only. What it says of its person is remembered, so
    /// that it does not stand in the texts of the answer.
    /// </summary>
    /// <exception cref="CallFailureException">No such patient.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(PatientsApi api, string patient, CallContext call, CancellationToken cancellation)
    {
        var answer = await api.SendAsync(
            await api.RequestAsync(PatientsEndpoints.GetPatient, patient, cancellation), call, cancellation, status => status == 404);
        var record = answer.Status == 404 ? await ArchivedAsync(api, patient, call, cancellation) : answer.Read(PatientsApi.Record);
        call.Read.Add(PatientsEndpoints.GetPatient.Shape, record);
        call.Trace.Touched(PatientsEndpoints.System, patient);
        return record;
    }

    private static async Task<ReadOnlyMemory<byte>> ArchivedAsync(PatientsApi api, string patient, CallContext call, CancellationToken cancellation)
    {
        var rows = await api.AllAsync(
            async () => (await api.RequestAsync(PatientsEndpoints.ListPatients, null, cancellation)).Query("status", "archived"), call, cancellation);
        foreach (var row in rows) if (RecordReader.IdOf(row) == patient) return row;
        throw UpstreamFailures.Of(PatientsEndpoints.System, 404);
    }

    public static string? Text(ReadOnlyMemory<byte> row, string name)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.Text(name);
    }
}
