using System.Runtime.InteropServices;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Redacts rows one by one. What a person's own row showed is remembered for the length of the copy, and looked for in the texts of every later row about
/// that person; nothing of it is stored.
/// </summary>
internal sealed class CopyRedaction(Redactor redactor, LabelReader labels, HandleVault vault, CopyCodes codes, string shape, string space)
{
    /// <summary>Persons of one copy. More would not fit into the memory that a copy may take, and their names would then stay in texts.</summary>
    public const int MostPersons = 100_000;

    private readonly PersonMemory _known = new();
    private readonly Dictionary<string, int> _withheld = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _shown = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Withheld => _withheld;

    public IReadOnlyDictionary<string, int> Shown => _shown;

    /// <exception cref="CallFailureException">There are more persons than can be remembered.</exception>
    public void Learn(ReadOnlyMemory<byte> row)
    {
        if (labels.Read(row, shape, space) is not { } learned) return;
        if (_known.Count >= MostPersons && !_known.Holds(learned.Person.Value))
            throw new CallFailureException(
                FailureCodes.TooLarge,
                $"The export holds more than {MostPersons} patients, whose names could not all be kept out of texts: export it group by group.");
        _known.Keep(learned.Person.Value, learned.Labels.DistinctBy(label => (label.Class, label.Value)));
    }

    /// <returns>The row as one line without its end; null when it could not be read safely.</returns>
    public byte[]? Redact(ReadOnlyMemory<byte> row, PrivacyLevel level, DateOnly today)
    {
        Learn(row);
        codes.NextRow();
        var session = new RedactionSession(level, codes.Find, today);
        try
        {
            using var draft = redactor.Begin(row, shape, session);
            foreach (var person in codes.Persons)
            {
                session.Expect(_known.Of(person));
                session.Expect(vault.LabelsOf(new HandleRequest(space, "pt", person)).Labels);
            }

            var line = draft.ToArray();
            Add(_withheld, session.Withheld);
            Add(_shown, session.Shown);
            return line.AsSpan().ContainsAny((byte)'\n', (byte)'\r') ? null : line;
        }
        catch (RedactionException)
        {
            return null;
        }
    }

    private static void Add(Dictionary<string, int> to, IReadOnlyDictionary<string, int> counts)
    {
        foreach (var (kind, times) in counts) CollectionsMarshal.GetValueRefOrAddDefault(to, kind, out _) += times;
    }
}
