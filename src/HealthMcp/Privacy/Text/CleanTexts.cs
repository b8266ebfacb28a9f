namespace HealthMcp.Privacy;

/// <summary>Texts that a scrubber found nothing in. Forgotten when the record's dictionary grows, and bounded.</summary>
internal sealed class CleanTexts
{
    private const int Longest = 100;
    private const int Most = 4096;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private int _known;

    public bool Contains(string text, RecordDictionary known) => _known == known.Count && _texts.Contains(text);

    public void Add(string text, RecordDictionary known)
    {
        if (_known != known.Count)
        {
            _texts.Clear();
            _known = known.Count;
        }

        if (text.Length <= Longest && _texts.Count < Most) _texts.Add(text);
    }
}
