using System.Text.Json;

namespace HealthMcp.Http;

/// <summary>An answer that was accepted: its status and its body, as UTF-8 JSON unless the endpoint is binary.</summary>
internal sealed record UpstreamResponse(int Status, ReadOnlyMemory<byte> Body, string MediaType)
{
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
