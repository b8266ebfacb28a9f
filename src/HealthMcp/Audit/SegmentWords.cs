using System.Text.Json;

namespace HealthMcp.Audit;

/// <summary>What a segment says in its own lines of the segments around it. It is to be believed of a sound segment only.</summary>
internal sealed class SegmentWords
{
    /// <summary>Hash of the last line of the segment before it; null when it says that it is the first.</summary>
    public string? After { get; private set; }

    /// <summary>So many segments right before it were found broken and set aside.</summary>
    public int SetAside { get; private set; }

    /// <summary>All segments up to this one had been kept long enough and were removed; 0 for none.</summary>
    public int Removed { get; private set; }

    /// <summary>Hash of the last line of <see cref="Removed"/>.</summary>
    public string? RemovedHash { get; private set; }

    /// <summary>Its last line says that nothing follows in it, and so another segment was begun.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Reads the first line. False: it does not begin this segment, or names another key than the one that signed the head.</summary>
    public bool TryBegin(JsonElement header, int number, string key)
    {
        After = Text(header, "after");
        SetAside = Math.Clamp(Number(header, "set_aside") ?? 0, 0, number - 1);
        return Number(header, "segment") == number && Text(header, "key") == key;
    }

    public void Read(JsonElement line)
    {
        var what = Text(line, "event");
        IsClosed = what == "closed";
        if (what == "removed" && Number(line, "segment") is { } number && number > Removed) (Removed, RemovedHash) = (number, Text(line, "last"));
    }

    private static int? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string? Text(JsonElement line, string name)
    {
        try
        {
            return line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair: no line of ours.
            return null;
        }
    }
}
