namespace HealthMcp.Privacy;

/// <summary>
/// Free text, scrubbed once everything that identifies is known. The same text is scrubbed once and then counted again wherever it stands,
/// as long as nothing more was learned.
/// </summary>
/// <param name="token">The value as it stands in the answer.</param>
/// <param name="kind">What a change is counted as besides what the scrubber counts.</param>
/// <param name="scrubber">What scrubs it.</param>
internal sealed class TextAside(ReadOnlyMemory<byte> token, string? kind, Scrubber scrubber) : Aside
{
    private ScrubResult _result;
    private ReadOnlyMemory<byte> _rendered;
    private int _known = -1;
    private bool _changed;

    public override ReadOnlyMemory<byte> Rendered => _rendered;

    public override void Prepare(RedactionSession session)
    {
        var text = JsonToken.Text(token.Span);
        _result = scrubber.Read(text, session);
        _changed = !ReferenceEquals(_result.Text, text);
        _rendered = _changed ? JsonOutput.Encode(_result.Text) : token;
        _result = _result with { Text = "" };
        _known = session.Known.Count;
    }

    public override void Render(RedactionSession session)
    {
        if (_known != session.Known.Count) Prepare(session);
        session.Count(_result);
        if (_changed && kind is not null) session.CountWithheld(kind);
    }
}
