using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>The one forward pass over one answer. A name is written only once its value is known to stay.</summary>
internal ref struct RedactionPass
{
    private readonly ShapeCatalog _shapes;
    private readonly LeafWriter _leaves;
    private readonly JsonOutput _output;
    private readonly RedactionSession _session;
    private readonly ReadOnlySpan<byte> _whole;
    private readonly Draft _draft;
    private readonly RepeatTable _repeats;

    /// <summary>The end of the answer that the reader reads.</summary>
    private ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    public RedactionPass(ReadOnlySpan<byte> json, ShapeCatalog shapes, LeafWriter leaves)
    {
        _shapes = shapes;
        _leaves = leaves;
        _output = leaves.Output;
        _session = leaves.Session;
        _draft = leaves.Draft;
        _repeats = new RepeatTable(json.Length);
        _whole = _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Redactor.MaxDepth });
    }

    public void Run(Field root)
    {
        if (!_reader.Read()) throw new RedactionException();
        Value(root, default, default);
        if (_output.Length == 0) _output.Write(default, "null"u8);
        if (_reader.Read()) throw new RedactionException();
    }

    private void Value(Field field, ReadOnlySpan<byte> name, in Context context)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartArray:
                Array(field, name, context);
                break;
            case JsonTokenType.StartObject:
                Object(field, name, context);
                break;
            case JsonTokenType.Null:
                _output.Write(name, "null"u8);
                break;
            default:
                _leaves.Write(field, name, context, ref _reader, _json);
                break;
        }
    }

    private void Array(Field field, ReadOnlySpan<byte> name, in Context context)
    {
        var mark = _output.Open(name, array: true);
        var count = 0;
        for (; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; count++)
        {
            var before = _output.Length;
            Value(field, default, context);

            // The extensions of a primitive's values stand at the places of the values.
            if (_output.Length == before && ReferenceEquals(field, _shapes.PrimitiveSibling)) _output.Write(default, "null"u8);
        }

        _output.Close(mark, array: true, keep: count == 0 || !context.IsFhir);
    }

    private void Object(Field field, ReadOnlySpan<byte> name, in Context parent)
    {
        var start = _whole.Length - _json.Length + (int)_reader.TokenStartIndex;
        if (_repeats.Hash(field, _whole[start..]) is not { } hash)
        {
            Members(field, name, parent);
            return;
        }

        var place = new Place(field, (byte)_reader.CurrentDepth, parent.Contained, parent.InExtension);
        ref readonly var known = ref _repeats.Find(hash, place, _whole, start);
        if (Unsafe.IsNullRef(in known)) First(hash, new Repeat { Place = place, Start = start }, name, parent);
        else Again(known, name);
    }

    /// <summary>Writes what the same object became before, and goes to its end.</summary>
    private void Again(in Repeat known, ReadOnlySpan<byte> name)
    {
        _session.CountWithheld(known.Withheld);
        _draft.Repeat(name, known.Written);

        // The reader is inside the object: all that it still needs to see is the closing brace.
        _json = _json[((int)_reader.TokenStartIndex + known.Length - 1)..];
        _reader = new Utf8JsonReader(_json, isFinalBlock: true, _reader.CurrentState);
        _reader.Read();
    }

    /// <summary>Remembers what an object became, unless more came of it than what was written and what was left out.</summary>
    private void First(uint hash, in Repeat found, ReadOnlySpan<byte> name, in Context parent)
    {
        Span<int> before = stackalloc int[RedactionSession.FieldClasses];
        _session.WithheldLeaves.CopyTo(before);
        var (remarks, asides) = (_session.Remarks, _draft.Asides);
        var written = Members(found.Place.Field, name, parent);
        if (_session.Remarks != remarks || _session.WithheldSince(before) is not { } withheld) return;
        var length = _whole.Length - _json.Length + (int)_reader.BytesConsumed - found.Start;
        _repeats.Add(hash, found with { Length = length, Written = _draft.Since(written, asides), Withheld = withheld });
    }

    /// <returns>Where its first byte was written.</returns>
    private int Members(Field field, ReadOnlySpan<byte> name, in Context parent)
    {
        if (Below(field, parent) is not { } shape)
        {
            _leaves.Learner.Value(field.Class == FieldClass.Extension ? field : null, parent, ref _reader, _json);
            return _output.Length;
        }

        var context = Context.Of(field, shape, _reader, _json, parent);
        var mark = _output.Open(name, array: false);
        var start = _output.Length - 1;
        Span<ulong> seen = stackalloc ulong[16];
        seen.Clear();
        Field? last = null;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject) Property(shape, context, seen, ref last);
        _output.Close(mark, array: false, keep: _reader.CurrentDepth == 0);
        return start;
    }

    private void Property(Shape shape, in Context context, scoped Span<ulong> seen, ref Field? last)
    {
        var escaped = _reader.ValueIsEscaped;
        var name = escaped ? Encoding.UTF8.GetBytes(_reader.GetString()!) : _reader.ValueSpan;
        _reader.Read();
        var field = escaped ? shape.Find(name) : shape.FindAfter(ref last, name);
        if (field is not null && IsFirst(field.Index, seen))
        {
            Value(field, field.Encoded, context);
        }
        else if (field is null && Primitive(shape, name) is { } beside && IsFirst(beside.Index + 512, seen))
        {
            Value(_shapes.PrimitiveSibling, beside.EncodedSibling, context);
        }
        else
        {
            _session.CountWithheld("unclassified");
            _leaves.Learner.Value(field, context, ref _reader, _json);
        }
    }

    /// <summary>The primitive that a property such as <c>_given</c> stands beside.</summary>
    private static Field? Primitive(Shape shape, ReadOnlySpan<byte> name) =>
        shape.IsFhir && name is [(byte)'_', ..] && shape.Find(name[1..]) is
        { Class: not (FieldClass.Object or FieldClass.Resource or FieldClass.Extension) } field ? field : null;

    /// <summary>Only the first of properties that repeat is written: a reader that takes the last could be shown what no rule saw.</summary>
    private static bool IsFirst(int bit, scoped Span<ulong> seen)
    {
        ref var word = ref seen[bit >> 6];
        var before = word;
        word |= 1UL << bit;
        return word != before;
    }

    private readonly Shape? Below(Field field, in Context parent)
    {
        switch (field.Class)
        {
            case FieldClass.Object when field.Target is not null:
                return _shapes.Below(field);
            case FieldClass.Resource:
                if (Context.TryLook(_reader, _json, "resourceType"u8, out var name) && FhirTypes.Find(name) is { } type) return _shapes.Find(type.Shape);
                break;
            case FieldClass.Extension:
                if (_session.Level == PrivacyLevel.Identified
                    || _shapes.Extensions.IsKept(Context.Look(_reader, _json, "url"u8), parent.InExtension)) return _shapes.Below(field);
                _session.CountWithheld("extension");
                return null;
        }

        _session.CountWithheld("unclassified");
        return null;
    }
}
