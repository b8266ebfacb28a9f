using System.Buffers.Binary;
using System.Security.Cryptography;
using HealthMcp.Storage;

namespace HealthMcp.Privacy;

/// <summary>What stands at one place of the vault file.</summary>
internal enum FrameState
{
    Whole,

    /// <summary>The last frame, which its writer did not finish.</summary>
    Torn,

    /// <summary>A frame of known size whose body does not open: wiped on purpose, or changed.</summary>
    Unreadable,

    /// <summary>Not even the size can be believed.</summary>
    Changed,
}

/// <summary>
/// The bytes of the vault file. A header (magic, random id, MAC), then frames: the body's length, a MAC of that length, and a sealed body that
/// is bound to the file's id and to its own place, so that frames cannot be moved, repeated or brought in from another vault.
/// The length has its own MAC because otherwise a changed length would look like an unfinished write and cut off all that follows.
/// </summary>
internal sealed class VaultFormat(KeyFile keys, Entropy entropy)
{
    public const int HeaderSize = 40;
    public const int PrefixSize = 12;
    private const int LengthMacSize = 8;
    private const int IdEnd = 24;
    private static readonly byte[] Magic = "HMVAULT1"u8.ToArray();

    private readonly byte[] _frameKey = keys.Derive("vault/frame");
    private readonly SealedBox _box = new(keys.Derive("vault/seal"), entropy);

    public byte[] NewHeader()
    {
        var header = new byte[HeaderSize];
        Magic.CopyTo(header, 0);
        entropy.Fill(header.AsSpan(Magic.Length, IdEnd - Magic.Length));
        Mac(header.AsSpan(0, IdEnd), header.AsSpan(IdEnd));
        return header;
    }

    public bool IsHeader(ReadOnlySpan<byte> header)
    {
        Span<byte> mac = stackalloc byte[HeaderSize - IdEnd];
        Mac(header[..IdEnd], mac);
        return header.StartsWith(Magic) && CryptographicOperations.FixedTimeEquals(mac, header[IdEnd..HeaderSize]);
    }

    /// <summary>One frame for <paramref name="plain"/>, to be written at <paramref name="offset"/>.</summary>
    public byte[] Frame(ReadOnlySpan<byte> header, long offset, ReadOnlySpan<byte> plain)
    {
        var body = _box.Seal(plain, Place(header, offset, body: true));
        var frame = new byte[PrefixSize + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        LengthMac(header, offset, body.Length, frame.AsSpan(sizeof(int), LengthMacSize));
        body.CopyTo(frame, PrefixSize);
        return frame;
    }

    /// <summary>Reads the frame at the start of <paramref name="rest"/>, which is the whole file from <paramref name="offset"/> on.</summary>
    public FrameState Read(ReadOnlySpan<byte> header, long offset, ReadOnlySpan<byte> rest, out int size, out byte[] plain)
    {
        (size, plain) = (0, []);

        // A crash leaves too few bytes, or (file grown, data not written) zeros up to the end.
        if (rest.Length < PrefixSize || rest.IndexOfAnyExcept((byte)0) < 0)
        {
            return FrameState.Torn;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        Span<byte> mac = stackalloc byte[LengthMacSize];
        LengthMac(header, offset, length, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, rest.Slice(sizeof(int), LengthMacSize)))
        {
            return FrameState.Changed;
        }

        if (rest.Length - PrefixSize < length)
        {
            return FrameState.Torn;
        }

        size = PrefixSize + length;
        var body = rest.Slice(PrefixSize, length);
        if (_box.TryOpen(body, Place(header, offset, body: true), out plain))
        {
            return FrameState.Whole;
        }

        var last = rest.Length == size && body[^SealedBox.TagSize..].IndexOfAnyExcept((byte)0) < 0;
        return last ? FrameState.Torn : FrameState.Unreadable;
    }

    private static byte[] Place(ReadOnlySpan<byte> header, long offset, bool body)
    {
        var place = new byte[IdEnd + sizeof(long) + 1];
        header[..IdEnd].CopyTo(place);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(IdEnd), offset);
        place[^1] = body ? (byte)1 : (byte)0;
        return place;
    }

    private void LengthMac(ReadOnlySpan<byte> header, long offset, int length, Span<byte> mac)
    {
        var place = Place(header, offset, body: false);
        Span<byte> input = stackalloc byte[place.Length + sizeof(int)];
        place.CopyTo(input);
        BinaryPrimitives.WriteInt32LittleEndian(input[place.Length..], length);
        Mac(input, mac);
    }

    private void Mac(ReadOnlySpan<byte> input, Span<byte> mac)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_frameKey, input, hash);
        hash[..mac.Length].CopyTo(mac);
    }
}
