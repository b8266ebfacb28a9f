using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// Copies the segments of a log with their heads to a folder, for an auditor who verifies them with the public keys alone. Neither keys nor the sealed list go
/// along.
/// </summary>
internal sealed class AuditCopy(AuditFiles files)
{
    private const int Piece = 1 << 20;

    /// <param name="folder">A folder that is empty or not there.</param>
    /// <returns>How many segments were copied.</returns>
    public int To(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (Path.Exists(full) && (!Directory.Exists(full) || Directory.EnumerateFileSystemEntries(full).Any()))
            throw new StorageException($"{full} is not an empty folder: name one that is empty, or is not there.");
        var target = DataDirectory.Create(full, files.Time);
        for (var number = 1; ; number++)
        {
            var list = files.Segments.Read() ?? SegmentList.First;
            if (number < list.Active) Copy(target, AuditLog.FileName + AuditSegments.SuffixOf(number));
            else if (Copy(target, AuditLog.FileName) && (files.Segments.Read() ?? SegmentList.First).Active == number) return number;
            else number--;
        }
    }

    // False where it became another one meanwhile: it was closed, and is copied as such.
    private bool Copy(DataDirectory target, string name)
    {
        if (files.Store.LengthOf(name) is null or 0) return true;
        var (length, head) = Snapshot(name);
        using var copy = target.Hold(name);
        copy.Truncate(0);
        for (long at = 0; at < length; at += Piece)
        {
            using var held = files.Store.HoldToRead(name);
            copy.Append(held.Read(at, (int)Math.Min(Piece, length - at)));
        }

        var beside = copy.Beside(AuditHead.Suffix);
        beside.Truncate(0);
        beside.Append(head);
        return copy.Length == length;
    }

    private (long Length, byte[] Head) Snapshot(string name)
    {
        using var held = files.Store.HoldToRead(name);
        return (held.Length, held.Beside(AuditHead.Suffix).Read(0));
    }
}
