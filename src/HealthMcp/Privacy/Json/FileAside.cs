using System.Buffers.Text;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>A file inside an answer: a text to scrub or an answer of its own, and base64 again.</summary>
internal sealed class FileAside(string? text, Draft? json, Scrubber scrubber) : Aside, IDisposable
{
    private byte[] _rendered = [];
    private TextReading? _reading;
    private ScrubResult _result;
    private int _known = -1;

    public override ReadOnlyMemory<byte> Rendered => _rendered;

    public override void Read(RedactionSession session)
    {
        if (text is not null) _reading = scrubber.Begin(text, session);
    }

    public override void Render(RedactionSession session)
    {
        var plain = text is null ? json!.ToArray() : Text(session);
        _rendered = new byte[Base64.GetMaxEncodedToUtf8Length(plain.Length) + 2];
        Base64.EncodeToUtf8(plain, _rendered.AsSpan(1), out _, out _);
        _rendered[0] = _rendered[^1] = (byte)'"';
    }

    public override void Finish(RedactionSession session)
    {
        if (text is null) return;
        if (_reading is null) Read(session);
        (_result, _known) = (scrubber.Finish(_reading!, session), session.Known.Given);
    }

    private byte[] Text(RedactionSession session)
    {
        if (_known != session.Known.Given) Finish(session);
        session.Count(_result);
        return Encoding.UTF8.GetBytes(_result.Text);
    }

    public void Dispose() => json?.Dispose();
}
