using System.Text;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>Walks an answer by its shape and gives the identifying leaves to the session's dictionary. Writes nothing.</summary>
internal ref struct LearningPass
{
    private readonly ShapeCatalog _shapes;
    private readonly RedactionSession _session;
    private Utf8JsonReader _reader;

    public LearningPass(ReadOnlySpan<byte> json, ShapeCatalog shapes, RedactionSession session)
    {
        _shapes = shapes;
        _session = session;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Redactor.MaxDepth });
    }

    public void Run(Field root)
    {
        if (!_reader.Read()) throw new RedactionException();
        Value(root, default);
        if (_reader.Read()) throw new RedactionException();
    }

    private void Value(Field? field, in Context context)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartArray:
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray) Value(field, context);
                break;
            case JsonTokenType.StartObject:
                Object(field, context);
                break;
            case JsonTokenType.String or JsonTokenType.Number when field is not null:
                Leaf(field, context);
                break;
        }
    }

    private void Object(Field? field, in Context parent)
    {
        var shape = field is null ? null : Below(field);
        if (shape is null)
        {
            _reader.Skip();
            return;
        }

        var context = Context.Of(field!, shape, _reader, parent);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(_reader.GetString()!) : _reader.ValueSpan;
            var inner = shape.Find(name);
            _reader.Read();
            Value(inner, context);
        }
    }

    private readonly Shape? Below(Field field)
    {
        if (field.Class == FieldClass.Resource) return Context.Look(_reader, "resourceType"u8) is { } type && _shapes.Fhir.IsResource(type)
            ? _shapes.Find("fhir/" + type) : null;
        return field.Target is null ? null : _shapes.Below(field);
    }

    private readonly void Leaf(Field field, in Context context)
    {
        var kind = field.Class == FieldClass.Display ? context.Refers switch { 'o' => FieldClass.Facility, 'c' => FieldClass.Text, _ =>
            FieldClass.Name } : field.Class;
        if (kind is not (FieldClass.Name or FieldClass.Facility or FieldClass.Employer or FieldClass.Street or FieldClass.City or FieldClass.Contact or FieldClass.Id or FieldClass.Number)) return;
        var value = _reader.TokenType == JsonTokenType.String ? _reader.GetString()! : Encoding.UTF8.GetString(_reader.ValueSpan);
        _session.Known.Add(kind, value);
    }
}
