namespace HealthMcp.Privacy;

/// <summary>Values of a record by their bytes, one behind the other: to take one in costs no more than to copy it.</summary>
internal sealed class HeardValues
{
    /// <summary>Few enough that another thread has worked out those of before by the time when the last come.</summary>
    private const int Most = 256;

    private readonly List<(FieldClass Kind, int End)> _values = [];
    private byte[] _bytes = [];

    public int Count => _values.Count;

    public bool IsFull => _values.Count == Most;

    public void Add(FieldClass kind, ReadOnlySpan<byte> value)
    {
        var (start, end) = (Start(Count), Start(Count) + value.Length);
        if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Max(end, Math.Max(_bytes.Length * 2, 64)));
        value.CopyTo(_bytes.AsSpan(start));
        _values.Add((kind, end));
    }

    public FieldClass Kind(int at) => _values[at].Kind;

    public ReadOnlySpan<byte> Value(int at) => _bytes.AsSpan(Start(at).._values[at].End);

    private int Start(int at) => at == 0 ? 0 : _values[at - 1].End;
}
