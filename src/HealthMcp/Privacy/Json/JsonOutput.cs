using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>
/// JSON on its way out, in a pooled buffer. Takes tokens that are already JSON: pieces of the answer as they stood there, or what
/// <see cref="Encode"/> made. Containers that stay empty are taken back: FHIR (R4 2.6.2) forbids them, and a reader learns nothing from them.
/// </summary>
internal sealed class JsonOutput(int capacity) : IDisposable
{
    private static readonly JavaScriptEncoder Escapes = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 256));

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A string as a JSON token, escaped as little as may be.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text) => [(byte)'"', .. Escape(text), (byte)'"'];

    /// <summary>The same without its quotes.</summary>
    public static byte[] Escape(ReadOnlySpan<char> text)
    {
        // By way of UTF-8, which replaces half a surrogate pair instead of failing on it.
        var plain = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, plain);
        return Escapes.FindFirstCharacterToEncodeUtf8(plain) < 0 ? plain : JsonEncodedText.Encode(plain, Escapes).EncodedUtf8Bytes.ToArray();
    }

    /// <param name="name">Quoted and with its colon; empty in an array and at the root.</param>
    /// <param name="token">A whole value.</param>
    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> token)
    {
        var room = Begin(name, token.Length);
        token.CopyTo(room);
        Length += token.Length;
    }

    /// <summary>A value in three pieces, such as <c>"Patient/</c>, a handle and <c>"</c>.</summary>
    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> start, ReadOnlySpan<byte> middle, ReadOnlySpan<byte> end)
    {
        var room = Begin(name, start.Length + middle.Length + end.Length);
        start.CopyTo(room);
        middle.CopyTo(room[start.Length..]);
        end.CopyTo(room[(start.Length + middle.Length)..]);
        Length += start.Length + middle.Length + end.Length;
    }

    /// <summary>Writes again what stands between two places of what was written.</summary>
    public void Repeat(ReadOnlySpan<byte> name, int start, int length)
    {
        // The room may be in a new buffer: what is repeated is looked up after it was made.
        var room = Begin(name, length);
        _bytes.AsSpan(start, length).CopyTo(room);
        Length += length;
    }

    /// <summary>Opens an object or array.</summary>
    /// <returns>Where to go back to when it stays empty.</returns>
    public int Open(ReadOnlySpan<byte> name, bool array)
    {
        var mark = Length;
        Write(name, array ? "["u8 : "{"u8);
        return mark;
    }

    /// <param name="mark">What <see cref="Open"/> gave.</param>
    /// <param name="array">What is closed.</param>
    /// <param name="keep">True to write it although it is empty.</param>
    public void Close(int mark, bool array, bool keep)
    {
        if (!keep && IsOpening(_bytes[Length - 1]))
        {
            Length = mark;
            return;
        }

        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = array ? (byte)']' : (byte)'}';
    }

    public void Dispose()
    {
        var bytes = _bytes;
        (_bytes, Length) = ([], 0);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>Writes the comma, where one is needed, and the name; gives the room for the value.</summary>
    private Span<byte> Begin(ReadOnlySpan<byte> name, int length)
    {
        if (_bytes.Length - Length < name.Length + length + 1) Grow(name.Length + length + 1);
        var (bytes, at) = (_bytes, Length);

        // No value ends with an opening bracket, so what stands last tells whether this is the first member.
        if (at > 0 && !IsOpening(bytes[at - 1])) bytes[at++] = (byte)',';
        name.CopyTo(bytes.AsSpan(at));
        Length = at + name.Length;
        return bytes.AsSpan(Length);
    }

    private static bool IsOpening(byte b) => b is (byte)'{' or (byte)'[';

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + more), (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
