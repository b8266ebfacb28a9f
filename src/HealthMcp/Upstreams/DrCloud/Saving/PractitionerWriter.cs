using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Reading;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>
/// Sends a practitioner once and reads it back. The EHR knows neither keys nor ids of ours, so a lost answer is settled by what is there afterwards, or
/// reported as in doubt; nothing is ever sent a second time.
/// </summary>
internal sealed class PractitionerWriter(UpstreamClient client, ServerForm form, CallContext call)
{
    private static readonly FhirType Type = FhirTypes.ByName["Practitioner"];

    private readonly FhirRead _read = new(client);
    private readonly PractitionerSearch _search = new(client, call);

    /// <exception cref="CallFailureException">Refused, or in doubt.</exception>
    public async Task<UpstreamResult> CreateAsync(PractitionerMerge merge, CancellationToken cancellation)
    {
        var before = await BeforeAsync(merge, cancellation);
        UpstreamResponse? answer = null;
        try
        {
            answer = await client.SendAsync(form.Request(DrCloudEndpoints.CreatePractitioner, merge), call, cancellation, SaveFailures.IsOwn);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, DrCloudEndpoints.CreatePractitioner))
        {
            // What became of it is settled by what is there now.
        }

        if (answer?.Status >= 400) throw SaveFailures.Of(answer, isNew: true);
        var id = (answer is null ? null : WrittenAnswer.IdOf(answer))
            ?? await FindAsync(merge, before, cancellation)
            ?? throw InDoubt(SaveFailures.FindCreated);
        return await ReadBackAsync(id, merge, answer is null ? SaveAnswer.Found : SaveAnswer.Done, cancellation);
    }

    /// <param name="id">Id of the record.</param>
    /// <param name="merge">What it is to be.</param>
    /// <param name="version">The version that was read, where the server keeps to versions: it then refuses to overwrite another.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    /// <inheritdoc cref="CreateAsync"/>
    public async Task<UpstreamResult> UpdateAsync(string id, PractitionerMerge merge, string? version, CancellationToken cancellation)
    {
        UpstreamResponse answer;
        try
        {
            var request = form.Request(DrCloudEndpoints.UpdatePractitioner, merge, version).Route("id", id);
            answer = await client.SendAsync(request, call, cancellation, SaveFailures.IsOwn);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, DrCloudEndpoints.UpdatePractitioner))
        {
            var found = await StoredAsync(id, cancellation);
            return found is { } stored && SaveAnswer.IsKept(merge, stored)
                ? SaveAnswer.Of(merge, stored, SaveAnswer.Found)
                : throw InDoubt(SaveFailures.FindUpdated);
        }

        if (SaveFailures.IsConflict(answer.Status))
            return SaveAnswer.Conflict(await StoredAsync(id, cancellation) ?? throw SaveFailures.Of(answer, isNew: false));
        return answer.Status < 400 ? await ReadBackAsync(id, merge, SaveAnswer.Done, cancellation) : throw SaveFailures.Of(answer, isNew: false);
    }

    // Nothing is sent yet: a look that fails must not be taken for a write whose answer was lost.
    private async Task<PractitionersFound> BeforeAsync(PractitionerMerge merge, CancellationToken cancellation)
    {
        try
        {
            return await _search.LikeAsync(merge.Resource, cancellation);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, DrCloudEndpoints.Search["Practitioner"]))
        {
            throw UpstreamFailures.Unreachable(DrCloudEndpoints.System);
        }
    }

    private async Task<UpstreamResult> ReadBackAsync(string id, PractitionerMerge merge, string status, CancellationToken cancellation) =>
        await StoredAsync(id, cancellation) is { } stored ? SaveAnswer.Of(merge, stored, status) : SaveAnswer.NotReadBack(id, merge, status);

    // It is written: failing to read it back must not look like a failed write.
    private async Task<JsonObject?> StoredAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return ResourceJson.Read(await _read.OneAsync(Type, id, call, cancellation));
        }
        catch (Exception e) when (e is CallFailureException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The one record that was not there before and is of the same person; null where there is none, or it cannot be told.</summary>
    private async Task<string?> FindAsync(PractitionerMerge merge, PractitionersFound before, CancellationToken cancellation)
    {
        try
        {
            var now = await _search.LikeAsync(merge.Resource, cancellation);
            if (!before.Whole || !now.Whole) return null;
            var known = before.Rows.Select(row => ResourceList.Text(row, "id")).ToHashSet(StringComparer.Ordinal);
            var added = now.Rows.Where(row => !known.Contains(ResourceList.Text(row, "id")) && PractitionerMatch.IsSame(merge.Resource, row)).ToList();
            return added is [var only] ? ResourceList.Text(only, "id") : null;
        }
        catch (Exception e) when (e is CallFailureException or JsonException)
        {
            return null;
        }
    }

    private static CallFailureException InDoubt(string findOut) => UpstreamFailures.InDoubt(DrCloudEndpoints.System, findOut);
}
