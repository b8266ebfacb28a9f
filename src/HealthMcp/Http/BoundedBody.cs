using System.Buffers;
using System.Net.Http.Headers;

namespace HealthMcp.Http;

/// <summary>Reads an answer without letting it grow past what its endpoint allows.</summary>
internal static class BoundedBody
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <returns>The body, or null when it is larger than <paramref name="most"/> bytes.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int most, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > most) return null;
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new ArrayBufferWriter<byte>((int)(content.Headers.ContentLength ?? 16 * 1024) + 1);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(4096), cancellation);
            if (read == 0) return WithoutMark(buffer.WrittenMemory);
            buffer.Advance(read);
            if (buffer.WrittenCount > most) return null;
        }
    }

    /// <summary>application/json, +json suffixes, and xCures' application/json+fhir.</summary>
    public static bool IsJson(MediaTypeHeaderValue? type) =>
        type?.MediaType is { } name && (name.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("application/json+", StringComparison.OrdinalIgnoreCase));

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith(Mark) ? body[Mark.Length..] : body;
}
