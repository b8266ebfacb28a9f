using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>Turns what is to be written into plans for the write gate.</summary>
internal sealed class RecordPlans(PatientsApi api, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    public string SourceKind => api.Source.Kind;

    /// <param name="asked">What is to be made.</param>
    /// <param name="patient">Whose record it goes to; null for what belongs to the practice.</param>
    /// <param name="says">One sentence that says what will happen, without values.</param>
    /// <param name="warnings">What deserves a second look.</param>
    /// <param name="call">The call that asks for it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<WritePlan> CreateAsync(
        NewRecord asked, FoundPatient? patient, string says, IReadOnlyList<string> warnings, CallContext call, CancellationToken cancellation)
    {
        var record = asked with { Body = SignedFields.Of(asked.Place, asked.Body, call.Author) };
        var path = (await api.RequestAsync(record.Create, record.Patient, cancellation)).Path();
        return new WritePlan(record.Create, path, record.Body)
        {
            Preview = RecordView.Of(record, patient, call.IdentifiersVisible),
            PreviewShape = record.Create.Shape,
            ForPerson = RecordView.Of(record, null, words: true),
            LookFirst = inner => AlikeAsync(record, call, inner),
            FindOut = record.Place.FindOut,
            Warnings = warnings,
            Says = says,
            Authorship = SignedFields.Says(record.Place, JsonNode.Parse(record.Body.Span)!.AsObject(), call.Author),
            Execute = (key, inner) => new RecordCreation(api, call, time).WriteAsync(record, key, inner),
        };
    }

    // Told to nobody but the person who approves: to others it would tell whether a guess at a record is right.
    private async Task<IReadOnlyList<string>> AlikeAsync(NewRecord record, CallContext call, CancellationToken cancellation)
    {
        try
        {
            var rows = await new RecordReader(api, call).AllAsync(record.Place, record.Patient, record.Narrow, cancellation);
            var since = time.GetUtcNow() - Recent;
            var (place, body) = (record.Place, SignedFields.Without(record.Place, record.Body));
            return rows.Any(row => RecordMatch.CreatedAt(row) >= since && RecordMatch.Holds(place, body, SignedFields.Without(place, row)))
                ? [$"Possible duplicate: a {record.Place.Kind} with the same values was stored within the last 24 hours."]
                : [];
        }
        catch (CallFailureException)
        {
            return [$"Whether such a {record.Place.Kind} is stored already could not be looked up."];
        }
    }

    /// <summary>The plan is bound to the version that was seen: a confirmation of it is good for no other.</summary>
    public async Task<WritePlan> UpdateAsync(
        RecordChange asked, string says, IReadOnlyList<string> warnings, CallContext call, CancellationToken cancellation)
    {
        var change = asked with { Fields = SignedFields.Of(asked.Place, asked.Fields, call.Author, call.IdentifiersVisible ? asked.Seen : default) };
        var path = (await api.RequestAsync(change.Update, change.Patient, cancellation)).Route(change.Place.IdName, change.Id).Path();
        return new WritePlan(change.Update, path, change.Body())
        {
            Preview = RecordView.Of(change, call.IdentifiersVisible),
            PreviewShape = change.Place.ChangeShape,
            ForPerson = RecordView.ForPerson(change),
            FindOut = change.Place.FindOut,
            RecordVersion = change.Version.ToString(CultureInfo.InvariantCulture),
            Warnings = warnings,
            Says = says,
            Authorship = SignedFields.Says(change.Place, change.Fields, call.Author),
            Execute = (_, inner) => new RecordUpdate(api, call).WriteAsync(change, inner),
        };
    }
}
