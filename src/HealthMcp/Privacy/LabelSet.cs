using System.Collections.Immutable;

namespace HealthMcp.Privacy;

/// <summary>
/// What is remembered of one person. Of each field the value seen last counts, because people move and marry; what it was before stays
/// among the values that are looked for in text. Immutable, so that other threads may read while one learns.
/// </summary>
internal sealed record LabelSet(ImmutableArray<Label> Labels, ImmutableArray<long> Offsets)
{
    /// <summary>Values of one person; a record with more is broken or hostile.</summary>
    public const int Most = 64;

    public static LabelSet Empty { get; } = new([], []);

    public string? this[string field]
    {
        get
        {
            foreach (var label in Labels) if (label.Field == field) return label.Value;
            return null;
        }
    }

    /// <summary>The set with what is new among <paramref name="learned"/>, and that alone.</summary>
    public (LabelSet Set, IReadOnlyList<Label> New) With(IEnumerable<Label> learned)
    {
        var labels = Labels.ToBuilder();
        var added = new List<Label>();
        foreach (var label in learned.Where(label => label.Value.Length is > 0 and <= Label.Longest))
            if (label.Field.Length > 0 ? Name(labels, label) : Note(labels, label)) added.Add(label);
        return added.Count == 0 ? (this, added) : (this with { Labels = labels.ToImmutable() }, added);
    }

    private static bool Name(ImmutableArray<Label>.Builder labels, Label label)
    {
        if (labels.Contains(label)) return false;
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].Field != label.Field) continue;
            var former = labels[i] with { Field = "" };
            labels[i] = label;
            Note(labels, former);
            return true;
        }

        // A field always finds room: it takes the place of a value that is only looked for.
        if (labels.Count >= Most) labels.RemoveAt(Last(labels));
        labels.Add(label);
        return true;
    }

    private static bool Note(ImmutableArray<Label>.Builder labels, Label label)
    {
        if (labels.Count >= Most || labels.Any(known => known.Class == label.Class && known.Value == label.Value)) return false;
        labels.Add(label);
        return true;
    }

    private static int Last(ImmutableArray<Label>.Builder labels)
    {
        var at = labels.Count - 1;
        while (labels[at].Field.Length > 0) at--;
        return at;
    }
}
