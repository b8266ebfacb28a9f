namespace HealthMcp.Privacy;

/// <summary>A text as the rules read it: normalised, cut into words once for all of them, with what the record says of its patient.</summary>
internal sealed class NoteText(string text, RecordDictionary known, DateOnly today)
{
    public string Text => text;

    public RecordDictionary Known => known;

    public DateOnly Today => today;

    public Words Words { get; } = new(text);

    public bool HasDigit { get; } = text.AsSpan().ContainsAnyInRange('0', '9');
}
