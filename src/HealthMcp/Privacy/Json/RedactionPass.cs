using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>The forward pass over one answer. A name is written only once its value is known to stay.</summary>
internal ref struct RedactionPass
{
    private readonly ShapeCatalog _shapes;
    private readonly LeafWriter _leaves;
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    public RedactionPass(ReadOnlySpan<byte> json, ShapeCatalog shapes, LeafWriter leaves)
    {
        _shapes = shapes;
        _leaves = leaves;
        _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Redactor.MaxDepth });
    }

    public void Run(Field root)
    {
        if (!_reader.Read()) throw new RedactionException();
        var before = _leaves.Output.Written;
        Value(root, null, default);
        if (_leaves.Output.Written == before) _leaves.Output.Ready(null).WriteNullValue();
        if (_reader.Read()) throw new RedactionException();
    }

    private void Value(Field field, JsonEncodedText? name, in Context context)
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
                _leaves.Output.Ready(name).WriteNullValue();
                break;
            default:
                _leaves.Write(field, name, context, ref _reader, _json);
                break;
        }
    }

    private void Array(Field field, JsonEncodedText? name, in Context context)
    {
        _leaves.Output.Open(name, array: true);
        var count = 0;
        for (; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; count++)
        {
            var before = _leaves.Output.Written;
            Value(field, null, context);

            // The extensions of a primitive's values stand at the places of the values.
            if (ReferenceEquals(field, _shapes.PrimitiveSibling) && _leaves.Output.Written == before) _leaves.Output.Ready(null).WriteNullValue();
        }

        _leaves.Output.Close(array: true, keep: count == 0 || !context.IsFhir);
    }

    private void Object(Field field, JsonEncodedText? name, in Context parent)
    {
        if (Below(field, parent) is not { } shape)
        {
            _reader.Skip();
            return;
        }

        var context = Context.Of(field, shape, _reader, parent);
        _leaves.Output.Open(name, array: false);
        Span<ulong> seen = stackalloc ulong[16];
        seen.Clear();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject) Property(shape, context, seen);
        _leaves.Output.Close(array: false, keep: _reader.CurrentDepth == 0);
    }

    private void Property(Shape shape, in Context context, scoped Span<ulong> seen)
    {
        var (field, encoded) = Find(shape, seen);
        _reader.Read();
        if (field is null)
        {
            _leaves.Session.CountWithheld("unclassified");
            _reader.Skip();
            return;
        }

        Value(field, encoded, context);
    }

    /// <summary>Only the first of properties that repeat is written: a reader that takes the last could be shown what no rule saw.</summary>
    private readonly (Field? Field, JsonEncodedText Name) Find(Shape shape, scoped Span<ulong> seen)
    {
        Span<byte> buffer = stackalloc byte[128];
        scoped var name = _reader.ValueSpan;
        if (_reader.ValueIsEscaped)
        {
            if (name.Length > buffer.Length) return default;
            name = buffer[.._reader.CopyString(buffer)];
        }

        var found = shape.Find(name);
        var sibling = found is null && name is [(byte)'_', ..] && shape.Name.StartsWith("fhir/", StringComparison.Ordinal) ? shape.Find(name[1..]) : null;
        if (sibling is { Class: FieldClass.Object or FieldClass.Resource or FieldClass.Extension }) sibling = null;
        if ((found ?? sibling) is not { } field) return default;
        var bit = field.Index + (sibling is null ? 0 : 512);
        if ((seen[bit >> 6] & (1UL << bit)) != 0) return default;
        seen[bit >> 6] |= 1UL << bit;
        return sibling is null ? (found, found!.Encoded) : (_shapes.PrimitiveSibling, JsonEncodedText.Encode("_" + field.Name));
    }

    private readonly Shape? Below(Field field, in Context parent)
    {
        switch (field.Class)
        {
            case FieldClass.Resource:
                var type = Context.Look(_reader, "resourceType"u8);
                if (type is not null && _shapes.Fhir.IsResource(type)) return _shapes.Find("fhir/" + type);
                break;
            case FieldClass.Extension:
                if (_leaves.Session.Level == PrivacyLevel.Identified
                    || _shapes.Extensions.IsKept(Context.Look(_reader, "url"u8), parent.InExtension)) return _shapes.Below(field);
                _leaves.Session.CountWithheld("extension");
                return null;
            case FieldClass.Object when field.Target is not null:
                return _shapes.Below(field);
        }

        _leaves.Session.CountWithheld("unclassified");
        return null;
    }
}
