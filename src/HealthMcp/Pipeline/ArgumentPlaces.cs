using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;

namespace HealthMcp.Pipeline;

/// <summary>Where a tool's arguments are marked with an attribute. Found once for each input.</summary>
internal static class ArgumentPlaces<TMark>
    where TMark : Attribute
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<ArgumentPlace<TMark>>> Found = new();

    public static IReadOnlyList<ArgumentPlace<TMark>> Of(JsonTypeInfo input) => Found.GetOrAdd(input.Type, _ => [.. Find(input)]);

    private static IEnumerable<ArgumentPlace<TMark>> Find(JsonTypeInfo type, params string[] above)
    {
        foreach (var property in type.Properties)
        {
            string[] path = [.. above, property.Name];
            if (property.AttributeProvider?.GetCustomAttributes(typeof(TMark), inherit: true).OfType<TMark>().FirstOrDefault() is { } mark)
                yield return new ArgumentPlace<TMark>(path, mark, property);
            else if (Inner(type, property) is { } inner)
                foreach (var place in Find(inner, path)) yield return place;
        }
    }

    // Records of ours, alone or in a list, are the only types that hold further arguments.
    private static JsonTypeInfo? Inner(JsonTypeInfo owner, JsonPropertyInfo property)
    {
        var info = owner.Options.GetTypeInfo(property.PropertyType);
        if (info.Kind == JsonTypeInfoKind.Enumerable && info.ElementType is { } element) info = owner.Options.GetTypeInfo(element);
        return info.Kind == JsonTypeInfoKind.Object && info.Type.Namespace?.StartsWith("HealthMcp", StringComparison.Ordinal) == true ? info : null;
    }
}

/// <summary>One marked argument: the names that lead to it.</summary>
internal sealed record ArgumentPlace<TMark>(IReadOnlyList<string> Path, TMark Mark, JsonPropertyInfo Property)
    where TMark : Attribute
{
    public string Name => string.Join('.', Path);
}
