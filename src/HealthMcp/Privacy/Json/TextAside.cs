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
    private TextReading? _reading;
    private ScrubResult _result;
    private ReadOnlyMemory<byte> _rendered;
    private int _known = -1;
    private bool _changed;

    public override ReadOnlyMemory<byte> Rendered => _rendered;

    public override bool Stays => !_changed;

    public override void Read(RedactionSession session) => _reading = scrubber.Begin(JsonToken.Text(token.Span), session);

    public override void Finish(RedactionSession session)
    {
        if (_reading is null) Read(session);
        var text = _reading!.Text;
        _result = scrubber.Finish(_reading, session);
        _changed = !ReferenceEquals(_result.Text, text);
        _rendered = _changed ? JsonOutput.Encode(_result.Text) : token;
        (_result, _reading, _known) = (_result with { Text = "" }, null, session.Known.Given);
    }

    public override void Render(RedactionSession session)
    {
        if (_known != session.Known.Given) Finish(session);
        session.Count(_result);
        if (_changed && kind is not null) session.CountWithheld(kind);
    }
}
