using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>A record that is to be archived, as it was seen.</summary>
/// <param name="Place">Where the record is found.</param>
/// <param name="Archive">Archives it.</param>
/// <param name="Patient">Id of the patient whose record it is part of.</param>
/// <param name="Id">Id of the record.</param>
/// <param name="Seen">The record as it was fetched for the preview.</param>
internal sealed record RemovedRecord(RecordPlace Place, Endpoint Archive, string Patient, string Id, ReadOnlyMemory<byte> Seen)
{
    /// <summary>The contract wants the version that was seen, as base_version in the query.</summary>
    public bool WithVersion { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RemovedRecord);
}

/// <summary>Archives a record and looks whether it is gone. To archive twice does no harm, so a lost answer is resolved by looking.</summary>
internal sealed class RecordRemoval(PatientsApi api, CallContext call)
{
    private readonly RecordReader _reader = new(api, call);

    /// <exception cref="CallFailureException">Refused, changed meanwhile, or in doubt.</exception>
    public async Task<UpstreamResult> WriteAsync(RemovedRecord record, CancellationToken cancellation)
    {
        UpstreamResponse answer;
        try
        {
            var request = await RequestAsync(api, record, cancellation);
            answer = await api.SendAsync(request, call, cancellation, status => status is 404 or 409);
        }
        catch (CallFailureException failure) when (WriteFailures.IsLost(failure, repeatable: true))
        {
            return await IsGoneAsync(record, cancellation) == true
                ? Done(record, "already_written", verified: true, "The API's answer to the write was lost; the record is archived.")
                : throw WriteFailures.InDoubt(record.Place);
        }

        var gone = await IsGoneAsync(record, cancellation);
        return answer.Status switch
        {
            409 => throw WriteFailures.Changed(record.Place),
            404 when gone == true => Done(record, "already_written", verified: true, "The record is archived already; it was not archived again."),
            404 => throw UpstreamFailures.Of(PatientsEndpoints.System, 404),
            _ when gone == true => Done(record, "done", verified: true),
            _ when gone is null => Done(record, "done", verified: false, "The record was archived, but it could not be looked up to check it."),
            _ => Done(record, "done", verified: false, "The API accepted the archiving, but the record is still listed: look again before you go on."),
        };
    }

    public static async ValueTask<UpstreamRequest> RequestAsync(PatientsApi api, RemovedRecord record, CancellationToken cancellation)
    {
        var request = (await api.RequestAsync(record.Archive, record.Patient, cancellation)).Route(record.Place.IdName, record.Id);
        var version = RecordChange.VersionOf(record.Seen).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return record.WithVersion ? request.Query("base_version", version) : request;
    }

    /// <summary>Null when the API cannot be asked.</summary>
    private async Task<bool?> IsGoneAsync(RemovedRecord record, CancellationToken cancellation)
    {
        try
        {
            return await _reader.FindAsync(record.Place, record.Patient, record.Id, cancellation) is not { } row || IsArchived(row);
        }
        catch (CallFailureException failure)
        {
            return failure.Code == FailureCodes.NotFound ? true : null;
        }
    }

    private static bool IsArchived(ReadOnlyMemory<byte> row)
    {
        using var json = System.Text.Json.JsonDocument.Parse(row);
        return json.RootElement.Text("deleted_at") is not null || json.RootElement.Text("status") == "archived";
    }

    private static UpstreamResult Done(RemovedRecord record, string status, bool verified, string? notice = null) =>
        UpstreamResult.Of(PatientsEndpoints.System, new Section(null, record.Place.Shape, [record.Seen]) { Single = true }) with
        {
            Write = new WriteOutcome(status, verified),
            Notices = notice is null ? [] : [notice],
        };
}
