using System.Collections.Concurrent;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>
/// The identifying values that a record itself gives. Free text is searched for them as words, so order, case, punctuation and the
/// possessive do not matter. One thread adds; what the values look like in a text may be worked out by another meanwhile.
/// </summary>
internal sealed class RecordDictionary
{
    private static readonly string[] Kinds = Enum.GetNames<FieldClass>();

    private readonly RecordForms _forms = new();
    private readonly ByteTable<string> _spelled = new();
    private readonly ConcurrentQueue<HeardValues> _handed = new();
    private readonly Lock _spelling = new();
    private HeardValues _waiting = new();

    // What was handed over and is not yet all forms: nobody may search while there is any.
    private int _unspelled;

    /// <summary>How many values were given so far, those that repeat among them: it grows with whatever may change what becomes of a text.</summary>
    public int Given { get; private set; }

    /// <summary>How many values can be found; valid after <see cref="Spell()"/>.</summary>
    public int Count { get; private set; }

    public void Add(FieldClass kind, string value) => Add(kind, Encoding.UTF8.GetBytes(value));

    /// <summary>Remembers a value. Its forms are made when the first text is searched: most answers learn far more than they search for.</summary>
    public void Add(FieldClass kind, ReadOnlySpan<byte> value)
    {
        Given++;
        _waiting.Add(kind, value);
        if (_waiting.IsFull) HandOver();
    }

    /// <summary>Makes the forms of what was added. From then on, until more is added, several threads may search.</summary>
    public void Spell()
    {
        if (_waiting.Count > 0) HandOver();
        if (Volatile.Read(ref _unspelled) == 0) return;
        lock (_spelling) SpellHanded();
    }

    /// <summary>Makes forms while more is still added: for a thread that is not the one that adds.</summary>
    public void SpellMeanwhile()
    {
        if (Volatile.Read(ref _unspelled) == 0 || !_spelling.TryEnter()) return;
        try
        {
            SpellHanded();
        }
        finally
        {
            _spelling.Exit();
        }
    }

    /// <inheritdoc cref="RecordForms.Match"/>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at, out string kind) => _forms.Match(text, tokens, at, out kind);

    private void HandOver()
    {
        Interlocked.Increment(ref _unspelled);
        _handed.Enqueue(_waiting);
        _waiting = new HeardValues();
    }

    private void SpellHanded()
    {
        while (_handed.TryDequeue(out var values))
        {
            for (var at = 0; at < values.Count; at++) Spell(values.Kind(at), values.Value(at));
            Interlocked.Decrement(ref _unspelled);
        }
    }

    private void Spell(FieldClass kind, ReadOnlySpan<byte> value)
    {
        var space = Kinds[(int)kind];
        if (!_spelled.TryAdd(value, space, space)) return;
        var text = Encoding.UTF8.GetString(value);
        if (text.Length is < 2 or > 200) return;
        Count++;
        _forms.Add(kind, text);
    }
}
