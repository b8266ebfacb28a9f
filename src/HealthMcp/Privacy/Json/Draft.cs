using System.Buffers;
using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>
/// An answer that was read once: what stays, and places where texts, files and new handles go in. Those are filled when it is written, which is after
/// every answer of the call was read, so that a name in one row does not survive in the note of another. Written once, then disposed of.
/// </summary>
internal sealed class Draft(int capacity, RedactionSession session) : IDisposable
{
    /// <summary>Bytes from which on another thread is worth its while.</summary>
    private const int Large = 256 * 1024;

    private readonly SideReader? _side = capacity < Large ? null : new SideReader(session);
    private readonly JsonOutput _output = new(capacity);
    private Splice[] _splices = ArrayPool<Splice>.Shared.Rent(64);
    private int _count;
    private bool _written;

    public JsonOutput Output => _output;

    /// <summary>A value that comes later.</summary>
    public void Put(ReadOnlySpan<byte> name, Aside value) => Put(name, value, "\""u8);

    /// <summary>A value that may come later: most texts stay as they were, and then there is nothing to fill in.</summary>
    public void Put(ReadOnlySpan<byte> name, Aside value, ReadOnlySpan<byte> meanwhile)
    {
        _output.Write(name, meanwhile);
        Add(new Splice(_output.Length - meanwhile.Length, meanwhile.Length, value));
    }

    /// <summary>A text that comes for the first time: it is read beside the rest of the answer, where that is large.</summary>
    public void Read(Aside text) => _side?.Add(text);

    /// <summary>A string of which the part between <paramref name="start"/> and its closing quote comes later.</summary>
    public void Put(ReadOnlySpan<byte> name, ReadOnlySpan<byte> start, Aside value)
    {
        _output.Write(name, start, "?"u8, "\""u8);
        Add(new Splice(_output.Length - 2, 1, value));
    }

    /// <summary>How many values come later.</summary>
    public int Asides => _count;

    /// <summary>What was written since.</summary>
    /// <param name="start">The first byte of it.</param>
    /// <param name="asides">What <see cref="Asides"/> was before it.</param>
    public DraftRange Since(int start, int asides) => new(start, Math.Max(0, _output.Length - start), asides, _count - asides);

    /// <summary>Writes a value once more.</summary>
    public void Repeat(ReadOnlySpan<byte> name, in DraftRange value)
    {
        if (value.Length == 0) return;
        _output.Repeat(name, value.Start, value.Length);
        var shift = _output.Length - value.Length - value.Start;
        for (var at = value.FirstAside; at < value.FirstAside + value.Asides; at++) Add(_splices[at] with { Position = _splices[at].Position + shift });
    }

    /// <summary>The answer as it may be shown.</summary>
    /// <exception cref="RedactionException">An id got no handle.</exception>
    public byte[] ToArray()
    {
        Render();
        var bytes = GC.AllocateUninitializedArray<byte>(checked(RenderedLength(_count) + _output.Length - From(_count)));
        if (_side is null) Fill(0, _count, bytes);
        else FillBySides(bytes);
        return bytes;
    }

    public void Dispose()
    {
        if (_splices.Length == 0) return;
        _side?.Dispose();
        _output.Dispose();
        var splices = _splices;
        foreach (var (_, _, value) in splices.AsSpan(0, _count)) (value as IDisposable)?.Dispose();
        splices.AsSpan(0, _count).Clear();
        (_splices, _count) = ([], 0);
        ArrayPool<Splice>.Shared.Return(splices);
    }

    /// <summary>Makes everything ready before the first byte is written: a failure leaves nothing behind.</summary>
    private void Render()
    {
        if (_written) throw new InvalidOperationException("a draft is written once: what it counts would count twice");
        _written = true;
        _side?.Finish();
        var kept = 0;
        foreach (var splice in _splices.AsSpan(0, _count))
        {
            var value = splice.Value;
            value.Render(session);
            if (!value.Stays) _splices[kept++] = splice;
        }

        _splices.AsSpan(kept, _count - kept).Clear();
        _count = kept;
    }

    /// <summary>By two processors: to touch fresh memory for the first time costs more than to copy into it.</summary>
    private void FillBySides(byte[] bytes)
    {
        var half = _count / 2;
        var start = RenderedLength(half);
        Parallel.Invoke(() => Fill(0, half, bytes), () => Fill(half, _count, bytes.AsSpan(start)));
    }

    /// <summary>Writes values, what stands before each, and after the last of all the rest.</summary>
    private void Fill(int first, int end, Span<byte> to)
    {
        var from = _output.Written;
        var at = From(first);
        foreach (var (position, length, value) in _splices.AsSpan(first, end - first))
        {
            from[at..position].CopyTo(to);
            to = to[(position - at)..];
            at = position + length;
            var piece = value.Rendered.Span;
            piece.CopyTo(to);
            to = to[piece.Length..];
        }

        if (end == _count) from[at..].CopyTo(to);
    }

    /// <summary>What follows the values before this one.</summary>
    private int From(int splice) => splice == 0 ? 0 : _splices[splice - 1].Position + _splices[splice - 1].Length;

    /// <summary>Bytes that the first values take with what stands before them.</summary>
    private int RenderedLength(int splices)
    {
        var length = From(splices);
        foreach (var (_, instead, value) in _splices.AsSpan(0, splices)) length = checked(length + value.Rendered.Length - instead);
        return length;
    }

    private void Add(Splice splice)
    {
        if (_count == _splices.Length)
        {
            var larger = ArrayPool<Splice>.Shared.Rent(_count * 2);
            _splices.CopyTo(larger, 0);
            ArrayPool<Splice>.Shared.Return(_splices, clearArray: true);
            _splices = larger;
        }

        _splices[_count++] = splice;
    }

    /// <summary>Takes the place of what stands at <paramref name="Position"/>.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Splice(int Position, int Length, Aside Value);
}
