using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Proofs.R4;

/// <summary>A leaf that a sample asks a value for.</summary>
/// <param name="Element">The element, by its definition.</param>
/// <param name="Path">Where it stands in the sample, from the resource on.</param>
internal readonly record struct R4Leaf(R4Element Element, string Path);

/// <summary>
/// A resource with every element of its definition filled, each leaf made by a callback; all types of a choice at once, which redaction
/// must take as well. Extensions and resources inside it are the callback's too: there are too many of them to fill.
/// </summary>
internal sealed class R4Sample(Func<R4Leaf, JsonNode?> leaf, int depth = 3)
{
    private readonly R4Definitions _table = R4Definitions.Table;

    public JsonObject Of(string type)
    {
        var resource = Below(type, type, []);
        resource.Insert(0, "resourceType", type);
        return resource;
    }

    /// <summary>One datatype alone, such as a Quantity.</summary>
    public JsonObject Datatype(string type) => Below(type, type, []);

    private JsonObject Below(string definition, string path, HashSet<string> above)
    {
        var made = new JsonObject();
        if (above.Count > depth || !above.Add(definition)) return made;
        foreach (var element in _table.Of(definition))
        {
            if (Value(element, $"{path}.{element.Property}", above) is not { } value) continue;
            made[element.Property] = element.Many && value is not JsonArray ? new JsonArray(value) : value;
        }

        above.Remove(definition);
        return made;
    }

    private JsonNode? Value(R4Element element, string path, HashSet<string> above)
    {
        if (element.Below is null || element.Type is "Extension" or "Resource") return leaf(new R4Leaf(element, path));
        return Below(element.Below, path, above) is { Count: > 0 } filled ? filled : null;
    }
}
