using System.Globalization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>Turns what is to be written into plans for the write gate.</summary>
internal sealed class RecordPlans(PatientsApi api, TimeProvider time)
{
    public string SourceKind => api.Source.Kind;

    /// <param name="record">What is to be made.</param>
    /// <param name="patient">Whose record it goes to; null for what belongs to the practice.</param>
    /// <param name="says">One sentence that says what will happen, without values.</param>
    /// <param name="warnings">What deserves a second look.</param>
    /// <param name="call">The call that asks for it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<WritePlan> CreateAsync(
        NewRecord record, FoundPatient? patient, string says, IReadOnlyList<string> warnings, CallContext call, CancellationToken cancellation)
    {
        var path = (await api.RequestAsync(record.Create, record.Patient, cancellation)).Path();
        return new WritePlan(record.Create, path, record.Body)
        {
            Preview = RecordView.Of(record, patient, call.IdentifiersVisible),
            PreviewShape = record.Create.Shape,
            Warnings = warnings,
            Says = says,
            Execute = (key, inner) => new RecordCreation(api, call, time).WriteAsync(record, key, inner),
        };
    }

    /// <summary>The plan is bound to the version that was seen: a confirmation of it is good for no other.</summary>
    public async Task<WritePlan> UpdateAsync(
        RecordChange change, string says, IReadOnlyList<string> warnings, CallContext call, CancellationToken cancellation)
    {
        var path = (await api.RequestAsync(change.Update, change.Patient, cancellation)).Route(change.Place.IdName, change.Id).Path();
        return new WritePlan(change.Update, path, change.Body())
        {
            Preview = RecordView.Of(change, call.IdentifiersVisible),
            PreviewShape = change.Place.ChangeShape,
            RecordVersion = change.Version.ToString(CultureInfo.InvariantCulture),
            Warnings = warnings,
            Says = says,
            Execute = (_, inner) => new RecordUpdate(api, call).WriteAsync(change, inner),
        };
    }
}
