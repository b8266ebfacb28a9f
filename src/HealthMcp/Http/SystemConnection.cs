using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>Where a system is and how to sign in. The address may be known only once the sandbox has started, so it is asked for.</summary>
internal sealed record SystemConnection(SystemSource Source, Func<CancellationToken, ValueTask<Uri>> BaseAddress, TokenSource Tokens)
{
    /// <summary>Headers of every request, such as xCures' ProjectId.</summary>
    public Func<CancellationToken, ValueTask<IReadOnlyList<(string Name, string Value)>>> CommonHeaders { get; init; } =
        _ => ValueTask.FromResult<IReadOnlyList<(string, string)>>([]);

    /// <summary>A better sentence for a refusal by its status, where the system can be asked why; null where it has none.</summary>
    public Func<int, CancellationToken, ValueTask<CallFailureException?>> Explain { get; init; } = (_, _) => ValueTask.FromResult<CallFailureException?>(null);

    /// <summary>What the contract's paths start with and the address already ends in, such as <c>/fhir</c>.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>Longest wait for one attempt.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait before the first repeat; it doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);
}
