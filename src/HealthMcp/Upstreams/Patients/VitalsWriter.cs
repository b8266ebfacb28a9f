using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients;

/// <summary>
/// Sends a reading exactly once and reads it back. A 409 means that the same key has written before; an answer that was lost is
/// resolved by looking for the record, so that nobody has to send again on a guess.
/// </summary>
internal sealed class VitalsWriter(PatientsApi api, CallContext call, TimeProvider time)
{
    // The API's clock may differ a little from ours.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public async Task<UpstreamResult> WriteAsync(string patient, VitalsReading reading, Guid key, CancellationToken cancellation)
    {
        UpstreamResponse answer;
        var started = time.GetUtcNow();
        try
        {
            answer = await PostAsync(patient, reading, key, cancellation);
        }
        catch (CallFailureException failure) when (IsLost(failure))
        {
            // An equal reading from earlier that day is not this one.
            return await FoundAsync(patient, reading, started - ClockSkew, cancellation) is { } stored
                ? Done(
                    "already_written",
                    verified: true,
                    stored,
                    "The API's answer to the write was lost; the record was found afterwards and holds what was sent.")
                : throw UpstreamFailures.InDoubt(PatientsEndpoints.System);
        }

        return answer.Status == 409
            ? await RepeatedAsync(patient, reading, cancellation)
            : await ReadBackAsync(patient, reading, answer, started, cancellation);
    }

    private async Task<UpstreamResponse> PostAsync(string patient, VitalsReading reading, Guid key, CancellationToken cancellation)
    {
        var request = await api.RequestAsync(PatientsEndpoints.CreateVitals, patient, cancellation) with { Body = reading.Body() };
        return await api.SendAsync(request.Header("Idempotency-Key", key.ToString("D")), call, cancellation, status => status == 409);
    }

    // The answer may be missing although the write was carried out.
    private static bool IsLost(CallFailureException failure) => failure.Code is FailureCodes.UpstreamTimeout or FailureCodes.UpstreamUnreachable
        or FailureCodes.UpstreamError or FailureCodes.UpstreamNotJson or FailureCodes.UpstreamTooLarge or FailureCodes.InDoubt;

    private async Task<UpstreamResult> RepeatedAsync(string patient, VitalsReading reading, CancellationToken cancellation) =>
        await FoundAsync(patient, reading, DateTimeOffset.MinValue, cancellation) is { } stored
            ? Done("already_written", verified: true, stored, "This write had already been stored; it was not stored again.")
            : throw new CallFailureException(
                FailureCodes.Conflict,
                "The Patients API says that this write was already made, but no record of that date holds these values: "
                    + "read the patient's vital signs before anything is sent again.");

    private async Task<UpstreamResult> ReadBackAsync(
        string patient, VitalsReading reading, UpstreamResponse answer, DateTimeOffset started, CancellationToken cancellation)
    {
        if (Id(answer.Body) is not { } id)
        {
            return await FoundAsync(patient, reading, started - ClockSkew, cancellation) is { } stored
                ? Done("done", verified: true, stored)
                : throw UpstreamFailures.InDoubt(PatientsEndpoints.System);
        }

        try
        {
            var request = (await api.RequestAsync(PatientsEndpoints.GetVitals, patient, cancellation)).Route("vitals_uuid", id);
            var stored = await api.RecordAsync(request, call, cancellation);
            return VitalsMatch.Holds(reading, stored)
                ? Done("done", verified: true, stored)
                : Done("done", verified: false, stored, "The stored record differs from what was sent: compare the two, and correct it if needed.");
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return Done("done", verified: false, answer.Body, "The record was stored but could not be read back to check it.");
        }
    }

    /// <summary>A record of that date with these values, made since <paramref name="notBefore"/>, if the API has one and can be asked.</summary>
    private async Task<ReadOnlyMemory<byte>?> FoundAsync(string patient, VitalsReading reading, DateTimeOffset notBefore, CancellationToken cancellation)
    {
        try
        {
            var rows = await api.AllAsync(
                async () => (await api.RequestAsync(PatientsEndpoints.ListVitals, patient, cancellation))
                    .Query("date_from", reading.DateTaken)
                    .Query("date_to", reading.DateTaken),
                call,
                cancellation);
            var matches = rows.Where(row => VitalsMatch.Holds(reading, row) && VitalsMatch.CreatedAt(row) >= notBefore).ToList();

            // The cast matters: a bare null would become an empty record by way of byte[].
            return matches.Count == 0 ? (ReadOnlyMemory<byte>?)null : matches[^1];
        }
        catch (CallFailureException)
        {
            throw UpstreamFailures.InDoubt(PatientsEndpoints.System);
        }
    }

    private static string? Id(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Text("id") is { Length: > 0 } id and not ("." or "..") ? id : null;
        }
        catch (JsonException)
        {
            // A broken answer to a write that was accepted: the record is looked for instead.
            return null;
        }
    }

    private UpstreamResult Done(string status, bool verified, ReadOnlyMemory<byte> row, string? notice = null) =>
        UpstreamResult.Of(
            PatientsEndpoints.System,
            new Section(null, PatientsEndpoints.CreateVitals.Shape, [call.IdentifiersVisible ? row : VitalsReading.WithoutTexts(row)]) { Single = true }) with
        {
            Write = new WriteOutcome(status, verified),
            Notices = [.. VitalsNotices.Of(row), .. notice is null ? Array.Empty<string>() : [notice]],
        };
}
