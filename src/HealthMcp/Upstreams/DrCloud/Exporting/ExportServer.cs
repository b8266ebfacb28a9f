using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Reading;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>Starts a job at the EHR, asks how far it is, and ends it.</summary>
internal sealed class ExportServer(UpstreamClient client, ServerProbe probe, TimeProvider time)
{
    /// <summary>Both are compared letter by letter by the vendor's server.</summary>
    private const string Accept = "application/fhir+json";

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <returns>Where the job's state is.</returns>
    /// <exception cref="CallFailureException">The EHR did not take it.</exception>
    public async Task<Uri> StartAsync(ExportQuestion question, CallContext call, CancellationToken cancellation)
    {
        var conformant = (await probe.GetAsync(call, cancellation)).Conformant;
        await client.SignInAsync(cancellation);
        if (!conformant) ExportScopes.Require(question.Of, client.Granted);
        var request = new UpstreamRequest(ExportScopes.EndpointOf(question.Of)) { Accept = Accept }
            .Header("Prefer", "respond-async")

            // The vendor's code reads another name than the specification's.
            .Query(conformant ? "_type" : "type", question.Types.Count > 0 ? string.Join(',', question.Types) : null)
            .Query("_since", question.Since is { } since ? since + "T00:00:00Z" : null);
        if (question.Group is { } group) request.Route("id", group);
        var answer = await client.SendAsync(request, call, cancellation, ReadFailures.IsOwn);
        if (answer.Status >= 400) throw ExportFailures.OfStart(answer, question.Of, client.Granted);
        return answer is { Status: 202, Location: { } link } ? link : throw UpstreamFailures.NotJson();
    }

    /// <summary>The job as the EHR has it now; it is asked no sooner than it wished.</summary>
    public async Task<ExportJob> LookAsync(ExportJob job, CallContext call, CancellationToken cancellation)
    {
        if (job.Parts is not null || job.NotBefore > time.GetUtcNow()) return job;
        var request = new UpstreamRequest(ExportEndpoints.Status) { Link = job.Link, Accept = "application/json" };
        var answer = await client.SendAsync(request, call, cancellation, status => status is 400 or 401 or 404 or 410 or 429);
        return answer.Status switch
        {
            200 => ExportAnswer.Read(answer, job),
            202 or 429 => job with { Percent = answer.Percent ?? job.Percent, NotBefore = time.GetUtcNow() + Wait(answer.RetryAfter) },
            _ => throw ExportFailures.OfJob(answer, client.Granted),
        };
    }

    /// <summary>Waits until the job is ready or the time is over.</summary>
    /// <param name="keep">Told of every state that was seen.</param>
    public async Task<ExportJob> FollowAsync(ExportJob job, TimeSpan wait, Action<ExportJob> keep, CallContext call, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + wait;
        while (true)
        {
            var seen = await LookAsync(job, call, cancellation);
            if (seen != job) keep(seen);
            job = seen;
            var pause = (job.NotBefore ?? until) - time.GetUtcNow();
            if (job.Parts is not null || time.GetUtcNow() + pause >= until) return job;
            call.Progress(job.Percent ?? 0, 100, "The EHR is preparing the export.");
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, cancellation);
        }
    }

    /// <returns>False when the EHR knows it no more.</returns>
    public async Task<bool> CancelAsync(ExportJob job, CallContext call, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(ExportEndpoints.Cancel) { Link = job.Link, Accept = "application/json" };
        var answer = await client.SendAsync(request, call, cancellation, status => status is 400 or 401 or 404 or 410);
        if (answer.Status == 401) throw ExportFailures.OfJob(answer, client.Granted);
        return answer.Status < 400;
    }

    private static TimeSpan Wait(TimeSpan? asked) => asked is not { } wait ? Usual : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}

/// <summary>What is to be exported.</summary>
/// <param name="Of">system, patients or group.</param>
/// <param name="Since">YYYY-MM-DD; null for all.</param>
internal sealed record ExportQuestion(string Of, string? Group, IReadOnlyList<string> Types, string? Since);
