using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>Reads records that are about to be changed or were just written. Where the contract has no single read, the list is searched.</summary>
internal sealed class RecordReader(PatientsApi api, CallContext call)
{
    /// <exception cref="CallFailureException">No such record, or the API cannot be asked.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(RecordPlace place, string? patient, string id, CancellationToken cancellation) =>
        await FindAsync(place, patient, id, cancellation)
        ?? throw new CallFailureException(
            FailureCodes.NotFound,
            $"There is no such {place.Kind} in this record, or it is archived: {place.FindOut}, and use a handle from the answer.") { Argument = place.IdName };

    /// <summary>The record with this id; null where a list has none. A single read that answers 404 fails.</summary>
    public async Task<ReadOnlyMemory<byte>?> FindAsync(RecordPlace place, string? patient, string id, CancellationToken cancellation)
    {
        if (place.Get is { } get)
        {
            var request = (await api.RequestAsync(get, patient, cancellation)).Route(place.IdName, id);
            return await api.RecordAsync(request, call, cancellation);
        }

        foreach (var row in await AllAsync(place, patient, request => request, cancellation)) if (IdOf(row) == id) return row;
        return null;
    }

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> AllAsync(
        RecordPlace place, string? patient, Func<UpstreamRequest, UpstreamRequest> narrow, CancellationToken cancellation) =>
        api.AllAsync(async () => narrow(await api.RequestAsync(place.List, patient, cancellation)), call, cancellation);

    /// <summary>Id of a record; null where there is none that can stand in a path.</summary>
    public static string? IdOf(ReadOnlyMemory<byte> row)
    {
        try
        {
            using var json = JsonDocument.Parse(row);
            return json.RootElement.Text("id") is { Length: > 0 } id and not ("." or "..") ? id : null;
        }
        catch (JsonException)
        {
            // A broken answer to a write that was accepted: the record is looked for instead.
            return null;
        }
    }
}
