namespace HealthMcp.Privacy;

/// <summary>A narrative (R4 2.4), of which the text is left without its markup, scrubbed. What cannot be read is withheld.</summary>
/// <param name="token">The value as it stands in the answer.</param>
/// <param name="scrubber">What scrubs it.</param>
internal sealed class NarrativeAside(ReadOnlyMemory<byte> token, Scrubber scrubber) : Aside
{
    private TextReading? _reading;
    private ScrubResult _result;
    private byte[] _rendered = [];
    private bool _unread;
    private int _known = -1;

    public override ReadOnlyMemory<byte> Rendered => _rendered;

    public override void Read(RedactionSession session)
    {
        var plain = Markup.Plain(JsonToken.Text(token.Span));
        _unread = plain is null;
        _reading = scrubber.Begin(plain ?? "", session);
    }

    public override void Finish(RedactionSession session)
    {
        if (_reading is null) Read(session);
        _result = _unread ? new ScrubResult(Scrubber.Unread, [], 0) : scrubber.Finish(_reading!, session);
        _rendered = JsonOutput.Encode(_result.Text);
        (_result, _reading, _known) = (_result with { Text = "" }, null, session.Known.Given);
    }

    public override void Render(RedactionSession session)
    {
        if (_known != session.Known.Given) Finish(session);
        if (_unread) session.CountWithheld(FieldClass.Xhtml);
        session.Count(_result);
    }
}
