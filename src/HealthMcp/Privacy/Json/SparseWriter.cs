using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>
/// Opens an object or array only once something stands in it, so that what lost all its members goes as a whole: FHIR (R4 2.6.2)
/// forbids empty objects and arrays, and a reader learns nothing from them.
/// </summary>
internal sealed class SparseWriter(Utf8JsonWriter output)
{
    private readonly List<(JsonEncodedText? Name, bool Array)> _waiting = [];

    public long Written => output.BytesCommitted + output.BytesPending;

    public void Open(JsonEncodedText? name, bool array) => _waiting.Add((name, array));

    /// <param name="array">What is closed.</param>
    /// <param name="keep">True to write it although it is empty.</param>
    /// <returns>False when it was left out.</returns>
    public bool Close(bool array, bool keep)
    {
        // Only the innermost can still wait: whatever is written opens all around it.
        if (_waiting.Count > 0 && !keep)
        {
            _waiting.RemoveAt(_waiting.Count - 1);
            return false;
        }

        Flush();
        if (array) output.WriteEndArray();
        else output.WriteEndObject();
        return true;
    }

    /// <summary>The output, with the property's name written: a value must follow.</summary>
    public Utf8JsonWriter Ready(JsonEncodedText? name)
    {
        Flush();
        Name(name);
        return output;
    }

    private void Flush()
    {
        foreach (var (name, array) in _waiting)
        {
            Name(name);
            if (array) output.WriteStartArray();
            else output.WriteStartObject();
        }

        _waiting.Clear();
    }

    private void Name(JsonEncodedText? name)
    {
        if (name is { } known) output.WritePropertyName(known);
    }
}
