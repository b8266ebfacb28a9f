using System.Runtime.InteropServices;

namespace HealthMcp.Catalog;

/// <summary>
/// Rows too many for an answer, on their way to a private file of this machine. The tool gives them as the upstream wrote them; the pipeline takes out of
/// each what the level withholds, writes it, and asks for the answer. The tool never sees the file.
/// </summary>
/// <param name="Shape">Privacy shape of each row.</param>
/// <param name="File">Name of the file in the data folder; also names the key of its codes.</param>
internal sealed record RowCopy(string System, string Shape, string File) : ToolOutcome
{
    /// <summary>What earlier calls wrote. Whatever the file holds beyond it was never confirmed and is written anew.</summary>
    public required CopyMark From { get; init; }

    /// <summary>The rows behind <see cref="From"/>, and before them those that must be read again.</summary>
    public required Func<CancellationToken, IAsyncEnumerable<CopiedRow>> Rows { get; init; }

    /// <summary>Told when all up to the mark is on the disk, so that a later call can go on there, whatever becomes of this one.</summary>
    public required Action<CopyMark> Kept { get; init; }

    public required Func<CopyMark, UpstreamResult> Answer { get; init; }
}

/// <summary>How far a copy is.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="LeftOut">Rows among them that could not be read safely and are not in the file.</param>
/// <param name="Bytes">Length of the file.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CopyMark(long Rows, long LeftOut, long Bytes);

/// <summary>One row; its bytes are good until the next is asked for.</summary>
/// <param name="Again">It is in the file already, and is read only for whom it tells of.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CopiedRow(ReadOnlyMemory<byte> Json, bool Again)
{
    /// <summary>Without the row: a record would print it.</summary>
    public override string ToString() => nameof(CopiedRow);
}
