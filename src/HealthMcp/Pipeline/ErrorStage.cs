using HealthMcp.Catalog;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Pipeline;

/// <summary>
/// Turns what went wrong into a sentence. Only <see cref="CallFailureException"/> carries one that may leave; the message of any other
/// exception may hold data, so neither caller nor log sees it.
/// </summary>
internal sealed class ErrorStage(ILogger<ErrorStage> log) : IStage
{
    private const string Unexpected = "Something went wrong inside this server; nothing was written. Call again, and tell the operator if it goes on.";

    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        try
        {
            await next(state, cancellation);
        }
        catch (CallFailureException failure)
        {
            state.Answer = ErrorContent.Of(failure);
        }
        catch (Exception e) when (e is not Audit.AuditUnavailableException)
        {
            var failure = Tell(e, state, cancellation);
            state.Answer = ErrorContent.Of(state.WriteSent ? InDoubt() : failure);
        }
    }

    /// <summary>A write was sent and then something here broke: only a look at the record tells what became of it.</summary>
    public static CallFailureException InDoubt() =>
        new(
            FailureCodes.InDoubt,
            "The write was sent, but this server failed before it could say what became of it: look for the record before anything is sent once more.");

    public static CallFailureException StorageUnavailable() =>
        new(
            FailureCodes.StorageUnavailable,
            "This server's data directory cannot be used, so the call was refused: the operator should run `healthmcp doctor`.");

    private CallFailureException Tell(Exception e, CallState state, CancellationToken cancellation)
    {
        switch (e)
        {
            case RedactionException:
                return new(
                    FailureCodes.UpstreamNotJson,
                    "The upstream answered data that could not be read safely, so nothing of it is shown: call again; if it goes on, tell the operator.");
            case StorageException:
                log.LogError("Call {CallId} failed: a file of the data directory cannot be used", state.CallId);
                return StorageUnavailable();
            case OperationCanceledException when cancellation.IsCancellationRequested:
                return new(FailureCodes.Cancelled, "The call was cancelled by the client.");
            default:
                log.LogError("Call {CallId} of {Tool} failed: {Kind} in {Place}", state.CallId, state.Tool?.Name ?? "unknown", e.GetType().Name, Place(e));
                return new(FailureCodes.Internal, Unexpected);
        }
    }

    // Where it happened helps an operator, and a method's name holds no data.
    private static string Place(Exception e) => e.TargetSite is { } site ? $"{site.DeclaringType?.Name}.{site.Name}" : "unknown";
}
