using System.Text;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>
/// Free text, scrubbed once everything that identifies is known. The same text is scrubbed once and then counted again wherever it stands,
/// as long as nothing more was learned.
/// </summary>
/// <param name="token">The value as it stands in the answer.</param>
/// <param name="plain">What is to be scrubbed and written instead of it; null when it is itself.</param>
/// <param name="kind">What a change is counted as besides what the scrubber counts.</param>
/// <param name="scrubber">What scrubs it.</param>
internal sealed class TextAside(ReadOnlyMemory<byte> token, string? plain, string? kind, Scrubber scrubber) : Aside
{
    private ScrubResult _result;
    private ReadOnlyMemory<byte> _rendered;
    private int _known = -1;
    private bool _changed;

    public override ReadOnlyMemory<byte> Rendered => _rendered;

    public override void Render(RedactionSession session)
    {
        if (_known == session.Known.Count) session.CountAgain(_result);
        else Scrub(session);
        if (_changed && kind is not null) session.CountWithheld(kind);
    }

    private void Scrub(RedactionSession session)
    {
        var text = plain ?? Decode(token.Span);
        _result = session.Scrub(text, scrubber);
        _changed = !ReferenceEquals(_result.Text, text);
        _rendered = _changed || plain is not null ? JsonOutput.Encode(_result.Text) : token;
        _result = _result with { Text = "" };
        _known = session.Known.Count;
    }

    private static string Decode(ReadOnlySpan<byte> token)
    {
        var reader = new Utf8JsonReader(token);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(token);
    }
}
