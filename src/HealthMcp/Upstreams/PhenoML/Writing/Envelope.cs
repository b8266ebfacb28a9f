using System.Text.Json;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Writing;

/// <summary>
/// Takes records out of PhenoML's answers, which wrap them in an object with <c>success</c>. What does not say that it succeeded and has no record is no
/// empty answer.
/// </summary>
internal static class Envelope
{
    /// <summary>The object at a property, as the upstream wrote it.</summary>
    public static ReadOnlyMemory<byte> One(UpstreamResponse answer, string name) => answer.Read(body => Find(body, name, JsonTokenType.StartObject))
        ?? throw UpstreamFailures.NotJson();

    /// <summary>The rows of the array at a property; none where the upstream says that it succeeded and has no such array.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Rows(UpstreamResponse answer, string name)
    {
        if (answer.Read(body => Find(body, name, JsonTokenType.StartArray)) is { } rows) return answer.Read(_ => Catalog.Rows.Of(rows));
        return answer.Read(Succeeded) ? [] : throw UpstreamFailures.NotJson();
    }

    /// <exception cref="Catalog.CallFailureException">The answer does not say that what was asked for was done.</exception>
    public static void Done(UpstreamResponse answer)
    {
        if (!answer.Read(Succeeded)) throw UpstreamFailures.NotJson();
    }

    private static bool Succeeded(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("success", out var said)
            && said.ValueKind == JsonValueKind.True;
    }

    private static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> body, string name, JsonTokenType kind)
    {
        var reader = new Utf8JsonReader(body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("object expected");
        ReadOnlyMemory<byte>? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals(name);
            reader.Read();
            var (from, type) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            if (wanted && type == kind) found = body[from..(int)reader.BytesConsumed];
        }

        return found;
    }
}
