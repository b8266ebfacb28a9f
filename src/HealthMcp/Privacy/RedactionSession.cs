using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>What redaction is allowed to know of one call, and what it counted. One per call; not thread-safe.</summary>
/// <param name="level">The level of the call.</param>
/// <param name="mint">Turns raw ids into handles.</param>
/// <param name="today">The day against which ages are reckoned.</param>
/// <param name="echo">What the caller itself sent to a transform; null for look-ups.</param>
internal sealed class RedactionSession(PrivacyLevel level, HandleMinter mint, DateOnly today, string? echo = null)
{
    /// <summary>How many classes there are.</summary>
    public const int FieldClasses = (int)FieldClass.Drop + 1;

    private readonly Dictionary<string, int> _withheld = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _local = new(StringComparer.Ordinal);
    private readonly int[] _leaves = new int[FieldClasses];

    public PrivacyLevel Level { get; } = level;

    public DateOnly Today { get; } = today;

    /// <summary>What was left out or coarsened, by kind.</summary>
    public IReadOnlyDictionary<string, int> Withheld
    {
        get
        {
            for (var kind = 0; kind < _leaves.Length; kind++)
            {
                if (_leaves[kind] > 0) CountWithheld(LeafRules.Kind((FieldClass)kind), _leaves[kind]);
                _leaves[kind] = 0;
            }

            return _withheld;
        }
    }

    /// <summary>Kinds of identifying data that were let through.</summary>
    public IReadOnlyDictionary<string, int> Shown => _shown;

    /// <summary>Some free text of a chart was written: it is data, not instruction.</summary>
    public bool UntrustedText { get; internal set; }

    /// <summary>Passages of chart text that read like instructions to a model.</summary>
    public int InjectionSuspected { get; internal set; }

    /// <summary>Identifying values of this answer and of what the record already gave.</summary>
    public RecordDictionary Known { get; } = new();

    /// <summary>What was remembered of the values of this call, so that what repeats is decided once.</summary>
    public SessionMemory Memory { get; } = new();

    /// <summary>What earlier answers showed of the persons whom the call is about; the level decides whether their dates may be said.</summary>
    public void Expect(IEnumerable<Label> labels)
    {
        foreach (var label in labels)
            if (Searches(label.Class)) Known.Add(label.Class, label.Value);
    }

    /// <summary>True when <see cref="Echoes"/> can be: then a value must be looked at before it is withheld.</summary>
    public bool HasEcho => echo is not null;

    /// <summary>Changes with everything that happens to an object besides what <see cref="WithheldSince"/> tells: another like it is read by itself.</summary>
    public int Remarks { get; private set; }

    public void Remark() => Remarks++;

    public void CountWithheld(string kind, int times = 1)
    {
        Remarks++;
        CollectionsMarshal.GetValueRefOrAddDefault(_withheld, kind, out _) += times;
    }

    /// <summary>A leaf of this class was left out or coarsened.</summary>
    public void CountWithheld(FieldClass kind) => _leaves[(int)kind]++;

    public void CountShown(string kind, int times = 1)
    {
        Remarks++;
        CollectionsMarshal.GetValueRefOrAddDefault(_shown, kind, out _) += times;
    }

    /// <summary>How many leaves of each class were left out so far.</summary>
    public ReadOnlySpan<int> WithheldLeaves => _leaves;

    /// <summary>The classes of the leaves that were left out since, one byte each and one more than the class; null when they are more than eight.</summary>
    /// <param name="before">What <see cref="WithheldLeaves"/> said.</param>
    public ulong? WithheldSince(ReadOnlySpan<int> before)
    {
        if (before.SequenceEqual(_leaves)) return 0;
        var classes = 0UL;
        for (var kind = 0; kind < _leaves.Length; kind++)
        {
            for (var times = before[kind]; times < _leaves[kind]; times++)
            {
                if (classes >> 56 != 0) return null;
                classes = (classes << 8) | (uint)(kind + 1);
            }
        }

        return classes;
    }

    /// <summary>Counts once more what <see cref="WithheldSince"/> told.</summary>
    public void CountWithheld(ulong classes)
    {
        for (; classes != 0; classes >>= 8) _leaves[(int)(classes & 0xFF) - 1]++;
    }

    /// <summary>Counts a text, once for each place where it stands.</summary>
    public void Count(in ScrubResult result)
    {
        InjectionSuspected += result.Injections;
        foreach (var (kind, shown, times) in result.Counts)
        {
            if (shown) CountShown(kind, times);
            else CountWithheld(kind, times);
        }
    }

    /// <summary>Gives an identifying value of the answer to the dictionary.</summary>
    public void Learn(FieldClass kind, ReadOnlySpan<byte> value)
    {
        if (Searches(kind)) Known.Add(kind, value);
    }

    /// <summary>A limited data set may give the day of birth, in a note as in its field.</summary>
    private bool Searches(FieldClass kind) => kind != FieldClass.Birth || Level == PrivacyLevel.Deidentified;

    public string? Mint(string system, string kind, string value) => mint(system, kind, value);

    /// <summary>A number for an id that only this answer knows (contained resources, urn:uuid): links hold, the id itself is not shown.</summary>
    public int Local(string id)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_local, id, out var known);
        if (!known) number = _local.Count;
        return number;
    }

    /// <summary>True when the caller sent this text itself, whole and at word boundaries.</summary>
    public bool Echoes(ReadOnlySpan<char> value)
    {
        if (echo is null || value.IsWhiteSpace()) return false;
        var sent = echo.AsSpan();
        for (var from = 0; sent[from..].IndexOf(value, StringComparison.Ordinal) is var at and >= 0; from += at + 1)
        {
            var (start, end) = (from + at, from + at + value.Length);
            if (Edge(sent, start - 1, value[0]) && Edge(sent, end, value[^1])) return true;
        }

        return false;
    }

    private static bool Edge(ReadOnlySpan<char> text, int outside, char inside) =>
        (uint)outside >= (uint)text.Length || !char.IsLetterOrDigit(text[outside]) || !char.IsLetterOrDigit(inside);
}
