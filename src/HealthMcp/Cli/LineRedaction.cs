using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;

namespace HealthMcp.Cli;

/// <summary>Texts as lines of JSON, each redacted by itself: one line out for every line in, in the same order.</summary>
internal sealed class LineRedaction(Scrubber scrubber, Func<RedactionSession> newSession)
{
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <returns>True when every line could be read.</returns>
    public async Task<bool> RunAsync(Stream input, Stream output, CancellationToken cancellation)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        var whole = true;
        for (var number = 1; await reader.ReadLineAsync(cancellation) is { } line; number++)
        {
            _line.ResetWrittenCount();
            if (Read(line) is { } given) Write(given);
            else
            {
                whole = false;
                WriteError(number);
            }

            _line.Write("\n"u8);
            await output.WriteAsync(_line.WrittenMemory, cancellation);
        }

        await output.FlushAsync(cancellation);
        return whole;
    }

    private void Write(Given given)
    {
        var (text, spans) = Redact(given);
        using var json = new Utf8JsonWriter(_line, JsonText.Writing);
        json.WriteStartObject();
        json.WritePropertyName("id");
        given.Id.WriteTo(json);
        json.WriteString("text", text);
        json.WriteStartArray("spans");
        foreach (var span in spans)
        {
            json.WriteStartObject();
            json.WriteNumber("start", span.Start);
            json.WriteNumber("end", span.End);
            json.WriteString("kind", span.Kind);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteError(int number)
    {
        using var json = new Utf8JsonWriter(_line, JsonText.Writing);
        json.WriteStartObject();
        json.WriteString("error", FormattableString.Invariant($"line {number} is not {{\"id\",\"text\"}}"));
        json.WriteEndObject();
    }

    private (string Text, List<ScrubSpan> Spans) Redact(Given given)
    {
        // A session a line: what one record gives says nothing of the next one's text.
        var session = newSession();
        foreach (var value in given.Known) session.Known.Add(ClassOf(value), value);
        try
        {
            var spans = scrubber.Spans(given.Text, session.Level, session.Known, session.Today);
            return (Scrubber.Replace(given.Text, spans), spans);
        }
        catch (RegexMatchTimeoutException)
        {
            return (Scrubber.Unread, [new ScrubSpan("text", 0, given.Text.Length, Scrubber.Unread)]);
        }
    }

    // What a line gives has no field name to tell its class by, so its own form does.
    private static FieldClass ClassOf(string value)
    {
        var digits = value.Count(char.IsAsciiDigit);
        if (value.Contains('@')) return FieldClass.Contact;
        if (digits == 0) return FieldClass.Name;
        if (KnownDates.TryRead(value, out _)) return FieldClass.Birth;
        if (digits is 10 or 11 && value.AsSpan().ContainsAny("()+- .") && !value.Any(char.IsLetter)) return FieldClass.Contact;
        var isStreet = (digits <= 5 || char.IsAsciiDigit(value[0])) && value.Split(' ').Count(word => word.Length > 1 && word.All(char.IsLetter)) > 1;
        return isStreet ? FieldClass.Street : FieldClass.Number;
    }

    private static Given? Read(string line)
    {
        try
        {
            var root = JsonElement.Parse(line);
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("id", out var id) || id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)
                || !root.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String) return null;

            // Read as text even where it is only echoed: half a surrogate pair fails here and not when the answer is written.
            if (id.ValueKind == JsonValueKind.String) _ = id.GetString();
            return new Given(id, text.GetString()!, KnownOf(root));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <exception cref="InvalidOperationException">It is not a list of strings.</exception>
    private static IReadOnlyList<string> KnownOf(JsonElement root) => root.TryGetProperty("known", out var known) && known.ValueKind != JsonValueKind.Null
        ? [.. known.EnumerateArray().Select(value => value.GetString() ?? throw new InvalidOperationException("a known value is null"))]
        : [];

    private sealed record Given(JsonElement Id, string Text, IReadOnlyList<string> Known);
}
