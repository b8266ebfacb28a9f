using System.Buffers.Text;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>A file inside an answer: a text to scrub or an answer of its own, and base64 again.</summary>
internal sealed class FileAside(string? text, Draft? json, Scrubber scrubber) : Aside, IDisposable
{
    private byte[] _rendered = [];
    private ScrubResult? _scrubbed;

    public override ReadOnlyMemory<byte> Rendered => _rendered;

    public override void Prepare(RedactionSession session)
    {
        if (text is not null) _scrubbed = scrubber.Read(text, session);
    }

    public override void Render(RedactionSession session)
    {
        var plain = text is null ? json!.ToArray() : Text(session);
        _rendered = new byte[Base64.GetMaxEncodedToUtf8Length(plain.Length) + 2];
        Base64.EncodeToUtf8(plain, _rendered.AsSpan(1), out _, out _);
        _rendered[0] = _rendered[^1] = (byte)'"';
    }

    private byte[] Text(RedactionSession session)
    {
        var scrubbed = _scrubbed ?? scrubber.Read(text!, session);
        session.Count(scrubbed);
        return Encoding.UTF8.GetBytes(scrubbed.Text);
    }

    public void Dispose() => json?.Dispose();
}
