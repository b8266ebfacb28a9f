using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.Serving;

/// <summary>What an operation answers: complete, so that a fault can cut, delay or replace it.</summary>
internal sealed record Answer(int Status, byte[] Body, string? ContentType)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Writes a body that is too large to be made at once; null where <see cref="Body"/> is all of it.</summary>
    public Func<Stream, CancellationToken, Task>? Stream { get; init; }

    public static Answer Json(JsonNode body, int status = 200, string contentType = "application/json") => new(status, Bytes(body), contentType);

    public static Answer Text(string body, int status, string contentType) => new(status, Encoding.UTF8.GetBytes(body), contentType);

    public static Answer Empty(int status) => new(status, [], null);

    public Answer With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };

    private static byte[] Bytes(JsonNode body)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            body.WriteTo(writer);
        }

        return stream.ToArray();
    }
}
