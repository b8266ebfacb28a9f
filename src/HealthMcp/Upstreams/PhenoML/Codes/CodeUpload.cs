using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Puts a code system in, once, and follows it until PhenoML has processed it or the wait is over.</summary>
internal sealed class CodeUpload(UpstreamClient client, CallContext call, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private const string FindOut =
        "look with list_code_systems, name and version; where it is not there, or is the old one, upload it again with a new preview";
    private const string NotSeen = "PhenoML took the upload, but its state could not be read: list_code_systems with name and version shows it.";

    private readonly CodeCatalog _catalog = new(client, call);

    /// <param name="upload">Name and version as they were given.</param>
    /// <param name="body">The request as the contract has it.</param>
    /// <param name="before">What was there; null when nothing was.</param>
    /// <param name="wait">Longest wait for the processing.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    public async Task<UpstreamResult> WriteAsync(
        CodeFileName upload, ReadOnlyMemory<byte> body, CodeSystemState? before, TimeSpan wait, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(CodeEndpoints.Upload) { Body = body };
        var answer = await new SentOnce(client, call).TryAsync(request, CodeFailures.IsOwn, cancellation);
        if (answer is { Status: >= 400 }) throw CodeFailures.Of(answer, "name");
        var state = await FollowAsync(upload, wait, cancellation);
        if (answer is null && (state is null || (before is not null && state.Updated == before.Updated)))
            throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, FindOut);
        var row = state?.Row ?? CodeSystemState.Named(upload.Name, upload.Version);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, CodeEndpoints.Find.Shape, [row]) { Single = true }) with
        {
            Write = new WriteOutcome(answer is null ? SentOnce.AlreadyWritten : SentOnce.Done, state is { Status: "ready" } && state.Codes == upload.Codes),
            Notices = [Say(state, upload)],
        };
    }

    private async Task<CodeSystemState?> FollowAsync(CodeFileName upload, TimeSpan wait, CancellationToken cancellation)
    {
        var state = await LookAsync(upload, cancellation);
        for (var waited = TimeSpan.Zero; state is { IsProcessing: true } && waited < wait; waited += Interval)
        {
            call.Progress((int)waited.TotalSeconds, (int)wait.TotalSeconds, "PhenoML is processing the code system");
            await Task.Delay(Interval, time, cancellation);
            state = await LookAsync(upload, cancellation) ?? state;
        }

        return state;
    }

    private Task<CodeSystemState?> LookAsync(CodeFileName upload, CancellationToken cancellation) =>
        SentOnce.LookAsync(() => _catalog.FindAsync(upload.Name, upload.Version, "name", cancellation));

    private static string Say(CodeSystemState? state, CodeFileName upload) => state switch
    {
        null => NotSeen,
        { Status: "ready" } when state.Codes != upload.Codes =>
            "The code system is ready, but PhenoML counts another number of codes than were sent: compare with export_code_system.",
        { Status: "ready" } => "The code system is ready: extract_codes and search_codes (method semantic) can use it.",
        { Status: "failed" } => "PhenoML could not process the code system: check the codes and upload it again with replace true.",
        _ => "PhenoML is still processing the code system: list_code_systems with name and version says when it is ready; do not upload it again.",
    };
}

/// <summary>What an upload is called, and how many codes it has.</summary>
internal sealed record CodeFileName(string Name, string Version, int Codes);
