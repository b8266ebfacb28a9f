using System.Text;

namespace HealthMcp.Privacy;

/// <summary>The classed fields of one kind of object, found by the bytes of a property name.</summary>
internal sealed class Shape
{
    private readonly Field?[] _slots;
    private readonly byte[][] _names;

    public Shape(string name, IReadOnlyList<Field> fields)
    {
        Name = name;
        Fields = fields;
        var size = 8;
        while (size < fields.Count * 3) size *= 2;
        _slots = new Field?[size];
        _names = new byte[size][];
        for (var i = 0; i < fields.Count; i++) Add(fields[i], i);
    }

    public string Name { get; }

    public IReadOnlyList<Field> Fields { get; }

    public Field? Find(ReadOnlySpan<byte> name)
    {
        for (var at = Slot(name); _slots[at] is { } field; at = (at + 1) & (_slots.Length - 1))
            if (name.SequenceEqual(_names[at])) return field;
        return null;
    }

    private void Add(Field field, int index)
    {
        var name = Encoding.UTF8.GetBytes(field.Name);
        var at = Slot(name);
        while (_slots[at] is not null)
        {
            if (name.AsSpan().SequenceEqual(_names[at])) throw new InvalidOperationException($"{Name}.{field.Name} is classed twice");
            at = (at + 1) & (_slots.Length - 1);
        }

        field.Index = index;
        (_slots[at], _names[at]) = (field, name);
    }

    private int Slot(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var b in name) hash = (hash ^ b) * 16777619u;
        return (int)(hash ^ (hash >> 15)) & (_slots.Length - 1);
    }
}
