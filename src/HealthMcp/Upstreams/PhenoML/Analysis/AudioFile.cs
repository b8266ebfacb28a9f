using System.Buffers.Binary;
using HealthMcp.Catalog;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>
/// A recording, told by its bytes: RIFF/WAVE, FLAC (RFC 9639), MPEG audio layer III (ISO 11172-3), Opus in OGG (RFC 7845) or WebM. What PhenoML
/// would refuse is not sent there.
/// </summary>
internal static class AudioFile
{
    /// <summary>Largest recording, in bytes: what fits into the arguments of one call.</summary>
    public const int MostBytes = 720_000;

    private const string Argument = "audio";
    private static readonly byte[] Matroska = [0x1A, 0x45, 0xDF, 0xA3];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <exception cref="CallFailureException">It is too large, too long, damaged, or no audio that PhenoML takes.</exception>
    public static byte[] Read(string base64)
    {
        var content = Base64File.Read(base64, Argument);
        if (content.Length > MostBytes)
            throw new CallFailureException(
                FailureCodes.TooLarge,
                $"The recording is larger than {MostBytes / 1000} KB, which is the most that one call takes: save it as Opus or MP3 at 16 kbit/s, or cut it.")
            {
                Argument = Argument,
            };
        var length = Length(content) ?? throw Refused(content);
        return length <= Longest
            ? content
            : throw CallFailureException.Invalid(Argument, "The recording is longer than five minutes, which is the most that PhenoML takes: cut it.");
    }

    private static CallFailureException Refused(byte[] content) => CallFailureException.Invalid(
        Argument,
        FileKinds.Of(content) is { } kind
            ? $"The content is {kind}, not audio: give a WAV, FLAC or MP3 file, or Opus in OGG or WebM."
            : "The content is no audio that PhenoML takes, or is damaged: give a WAV, FLAC or MP3 file, or Opus in OGG or WebM.");

    /// <summary>Zero where the format does not say it in a place that is worth reading; null when it is no audio.</summary>
    private static TimeSpan? Length(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("RIFF"u8)) return Wave(content);
        if (content.StartsWith("fLaC"u8)) return Flac(content);
        if (content.StartsWith("OggS"u8)) return Ogg(content);
        var known = content.StartsWith(Matroska) ? Names(content, "webm"u8) : (content.StartsWith("ID3"u8) && content.Length > 10) || IsLayerIii(content);
        return known ? TimeSpan.Zero : null;
    }

    // The header of a container says within its first bytes what is in it.
    private static bool Names(ReadOnlySpan<byte> content, ReadOnlySpan<byte> what) => content[..Math.Min(content.Length, 64)].IndexOf(what) >= 0;

    // Frame sync of eleven bits, a version and a bit rate that exist, and layer III; AAC has the same sync and another layer.
    private static bool IsLayerIii(ReadOnlySpan<byte> content) =>
        content.Length > 4 && content[0] == 0xFF && (content[1] & 0xE6) == 0xE2 && (content[1] & 0x18) != 0x08 && (content[2] & 0xF0) is not (0xF0 or 0);

    private static TimeSpan? Wave(ReadOnlySpan<byte> content)
    {
        if (content.Length < 12 || !content[8..].StartsWith("WAVE"u8)) return null;
        var perSecond = 0L;
        for (var at = 12L; at + 8 <= content.Length;)
        {
            var chunk = content[(int)at..];
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("fmt "u8) && chunk.Length >= 24) perSecond = BinaryPrimitives.ReadUInt32LittleEndian(chunk[16..]);

            // A recorder that streams does not know the size, so what is there counts.
            if (chunk.StartsWith("data"u8)) return perSecond > 0 ? TimeSpan.FromSeconds((double)Math.Min(size, chunk.Length - 8) / perSecond) : null;
            at += 8 + size + (size & 1);
        }

        return null;
    }

    // STREAMINFO: 20 bits of sample rate, 3 of channels, 5 of bits, 36 of samples.
    private static TimeSpan? Flac(ReadOnlySpan<byte> content)
    {
        if (content.Length < 26 || (content[4] & 0x7F) != 0) return null;
        var packed = BinaryPrimitives.ReadUInt64BigEndian(content[18..]);
        var rate = packed >> 44;
        return rate == 0 ? null : TimeSpan.FromSeconds((double)(packed & 0xF_FFFF_FFFF) / rate);
    }

    // The granule position of the last page counts samples at 48 kHz, whatever the input had.
    private static TimeSpan? Ogg(ReadOnlySpan<byte> content)
    {
        if (content.Length < 47 || !Names(content, "OpusHead"u8)) return null;
        var last = content[content.LastIndexOf("OggS"u8)..];
        if (last.Length < 14) return null;
        var samples = BinaryPrimitives.ReadInt64LittleEndian(last[6..]);
        return samples < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(samples / 48_000d, 1e6));
    }
}
