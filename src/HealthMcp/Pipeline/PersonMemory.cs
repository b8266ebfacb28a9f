using System.Buffers;
using System.Text;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// What the records of many persons showed, packed: each person's values are one array of bytes (class, length, UTF-8), because as strings a hundred
/// thousand persons would take several times the room.
/// </summary>
internal sealed class PersonMemory
{
    private readonly Dictionary<string, byte[]> _packed = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _packing = new();

    public int Count => _packed.Count;

    public bool Holds(string person) => _packed.ContainsKey(person);

    public void Keep(string person, IEnumerable<Label> labels)
    {
        _packing.ResetWrittenCount();
        foreach (var label in labels.Where(label => label.Value.Length is > 0 and <= Label.Longest).Take(LabelSet.Most))
        {
            var bytes = Encoding.UTF8.GetBytes(label.Value);
            _packing.Write([(byte)label.Class, (byte)(bytes.Length >> 8), (byte)bytes.Length]);
            _packing.Write(bytes);
        }

        _packed[person] = _packing.WrittenSpan.ToArray();
    }

    public IEnumerable<Label> Of(string person)
    {
        var packed = _packed.GetValueOrDefault(person) ?? [];
        for (var at = 0; at < packed.Length;)
        {
            var length = (packed[at + 1] << 8) | packed[at + 2];
            yield return new Label("", (FieldClass)packed[at], Encoding.UTF8.GetString(packed, at + 3, length));
            at += 3 + length;
        }
    }
}
