using System.Buffers.Text;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>A file inside an answer: a text to scrub or an answer of its own, and base64 again.</summary>
internal sealed class FileAside(string? text, Draft? json, Scrubber scrubber) : Aside, IDisposable
{
    private byte[] _rendered = [];

    public override ReadOnlyMemory<byte> Rendered => _rendered;

    public override void Render(RedactionSession session)
    {
        var plain = text is null ? json!.ToArray() : Encoding.UTF8.GetBytes(scrubber.Scrub(text, session));
        _rendered = new byte[Base64.GetMaxEncodedToUtf8Length(plain.Length) + 2];
        Base64.EncodeToUtf8(plain, _rendered.AsSpan(1), out _, out _);
        _rendered[0] = _rendered[^1] = (byte)'"';
    }

    public void Dispose() => json?.Dispose();
}
