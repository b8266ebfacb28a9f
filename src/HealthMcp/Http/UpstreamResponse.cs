using System.Text.Json;

namespace HealthMcp.Http;

/// <summary>An answer that was accepted: its status and its body, as UTF-8 JSON unless the endpoint is binary.</summary>
internal sealed record UpstreamResponse(int Status, ReadOnlyMemory<byte> Body, string MediaType)
{
    /// <summary>Where the answer to a request that is worked on will be; null where the upstream names no place.</summary>
    public Uri? Location { get; init; }

    /// <summary>Where the upstream says that what was made is (Location), as it wrote it; null where it does not say.</summary>
    public string? Created { get; init; }

    /// <summary>How long the upstream asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Until when the upstream keeps what it names; null when it does not say.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>How much of a long work is done, in per cent, where its X-Progress says so in figures.</summary>
    public int? Percent { get; init; }

    /// <summary>A refusal, after an earlier send of the same request whose answer was lost: that one may have been carried out.</summary>
    public bool OneBeforeIsLost { get; init; }

    /// <summary>Reads the body with <paramref name="read"/>; JSON that breaks the contract becomes the failure for answers that are not JSON.</summary>
    public T Read<T>(Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(Body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw UpstreamFailures.NotJson();
        }
    }
}
