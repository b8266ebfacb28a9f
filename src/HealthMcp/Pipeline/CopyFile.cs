using System.Buffers;
using HealthMcp.Catalog;
using HealthMcp.Storage;

namespace HealthMcp.Pipeline;

/// <summary>The private file of a copy: lines are collected and brought to the disk in large pieces, each whole.</summary>
internal sealed class CopyFile : IDisposable
{
    private const int Piece = 1024 * 1024;

    private readonly LockedFile _file;
    private readonly ArrayBufferWriter<byte> _waiting = new(Piece + (Piece / 4));

    private CopyFile(LockedFile file, long length) => (_file, Length) = (file, length);

    /// <summary>With what still waits.</summary>
    public long Length { get; private set; }

    public bool IsFull => _waiting.WrittenCount >= Piece;

    /// <summary>Opens it to go on behind <paramref name="length"/> bytes; what a killed process wrote beyond them is cut off.</summary>
    /// <exception cref="CallFailureException">The file is shorter than what was confirmed.</exception>
    public static CopyFile Open(string path, long length, TimeProvider time)
    {
        var file = LockedFile.Open(path, time);
        if (file.Length < length)
        {
            file.Dispose();
            throw new CallFailureException(FailureCodes.NotFound, "The file of this export was removed or cut: cancel the export and start a new one.");
        }

        file.Truncate(length);
        return new CopyFile(file, length);
    }

    public void Add(ReadOnlySpan<byte> line)
    {
        _waiting.Write(line);
        _waiting.Write("\n"u8);
        Length += line.Length + 1;
    }

    /// <summary>All that was added is on the disk afterwards.</summary>
    public void Flush()
    {
        if (_waiting.WrittenCount == 0) return;
        _file.Append(_waiting.WrittenSpan);
        _waiting.ResetWrittenCount();
    }

    public void Dispose() => _file.Dispose();
}
