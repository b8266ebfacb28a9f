using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Agents;

/// <summary>
/// Reads the events of a stream (WHATWG HTML, section 9.2) whose data are JSON objects. Only the data lines matter, because each object says its own
/// type; one that is spread over several lines is whole when it can be read.
/// </summary>
internal static class ChatEvents
{
    public static async IAsyncEnumerable<JsonElement> ReadAsync(LineStream lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var data = new StringBuilder();
        while (await lines.NextAsync(cancellation) is { } line)
        {
            if (Data(line) is not { } text)
            {
                data.Clear();
                continue;
            }

            data.Append(data.Length == 0 ? "" : "\n").Append(text);
            if (data.Length > LineStream.LongestLine) throw UpstreamFailures.TooLarge(PhenoMLEndpoints.System);
            if (Parsed(data.ToString()) is not { } told) continue;
            data.Clear();
            yield return told;
        }
    }

    private static string? Data(ReadOnlyMemory<byte> line)
    {
        if (!line.Span.StartsWith("data:"u8)) return null;
        var text = Encoding.UTF8.GetString(line.Span[5..]);
        return text.StartsWith(' ') ? text[1..] : text;
    }

    private static JsonElement? Parsed(string text)
    {
        try
        {
            var told = JsonElement.Parse(text);
            return told.ValueKind == JsonValueKind.Object ? told : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
