using System.Globalization;
using HealthMcp.Storage;

namespace HealthMcp.Privacy;

/// <summary>Reads frames of the vault file into an index, from where a process stopped reading to the end.</summary>
internal sealed class VaultReplay(VaultFormat format, byte[] header, VaultIndex index)
{
    public const string Minted = "mint";
    public const string Labelled = "label";
    public const string Forgotten = "forget";

    private readonly HashSet<long> _unreadable = [];

    /// <summary>Places that marks of forgetting name: nothing may stand there any more.</summary>
    public List<long> Forgot { get; } = [];

    /// <summary>Where an unfinished frame begins; null when the last one is whole.</summary>
    public long? Torn { get; private set; }

    /// <returns>How many bytes were read, or the place of a change that was not this program's.</returns>
    public (int Read, long? Changed) Run(long start, byte[] tail)
    {
        var at = 0;
        while (at < tail.Length && Torn is null)
        {
            var offset = start + at;
            switch (format.Read(header, offset, tail.AsSpan(at), out var size, out var plain))
            {
                // Its writer died before telling anyone what is in it, so nothing is lost.
                case FrameState.Torn:
                    Torn = offset;
                    break;
                case FrameState.Unreadable:
                    _unreadable.Add(offset);
                    break;
                case FrameState.Whole when Apply(offset, plain):
                    break;
                default:
                    return (at, offset);
            }

            at += size;
        }

        // A mark further on excuses what was wiped, or half wiped by a power failure; without one somebody else changed it.
        return (at, _unreadable.Count > 0 ? _unreadable.Min() : null);
    }

    public static IEnumerable<string> Fields(IEnumerable<Label> labels) =>
        labels.SelectMany(label => (string[])[label.Field, label.Class.ToString(), label.Value]);

    private bool Apply(long offset, byte[] plain)
    {
        string[] written = FramedFields.TryRead(plain, out var fields) ? [.. fields] : [];
        switch (written)
        {
            case [Minted, var handle, var system, var kind, var value, var owner]:
                index.Add(new VaultEntry(new HandleRequest(system, kind, value), handle, owner, offset));
                return true;
            case [Labelled, var handle, .. var labels] when labels.Length % 3 == 0:
                index.Labels.Add(handle, Labels(labels), offset);
                return true;
            case [Forgotten, var handle, .. var places]:
                index.Remove(handle);
                foreach (var place in places) Forget(long.Parse(place, CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }

    private void Forget(long place)
    {
        _unreadable.Remove(place);
        Forgot.Add(place);
    }

    private static IEnumerable<Label> Labels(IReadOnlyList<string> fields) =>
        Enumerable.Range(0, fields.Count / 3).Select(i => new Label(fields[3 * i], Enum.Parse<FieldClass>(fields[(3 * i) + 1]), fields[(3 * i) + 2]));
}
