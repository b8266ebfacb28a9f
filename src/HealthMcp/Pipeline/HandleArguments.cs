using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Puts record ids in the place of handles, in arguments that are declared to take one and nowhere else. A malformed, unknown or foreign
/// handle gets one and the same refusal, so that trying tells nothing.
/// </summary>
internal sealed partial class HandleArguments(HandleVault vault, IReadOnlyDictionary<string, SystemSource> sources)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<HandlePlace>> Places = new();

    public JsonElement Resolve(ToolDefinition definition, JsonElement arguments, CallTrace trace)
    {
        var places = Places.GetOrAdd(definition.Input.Type, _ => [.. Find(definition.Input)]);
        if (!places.Any(place => arguments.TryGetProperty(place.Path[0], out _))) return arguments;
        var copy = JsonNode.Parse(arguments.GetRawText())!;
        foreach (var place in places) Replace(copy, place, 0, trace);
        return JsonElement.Parse(copy.ToJsonString());
    }

    private static IEnumerable<HandlePlace> Find(JsonTypeInfo type, params string[] above)
    {
        foreach (var property in type.Properties)
        {
            string[] path = [.. above, property.Name];
            if (property.AttributeProvider?.GetCustomAttributes(typeof(HandleAttribute), inherit: true)
                .OfType<HandleAttribute>()
                .FirstOrDefault() is { } handle)
                yield return new HandlePlace(path, handle);
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

    private void Replace(JsonNode? node, HandlePlace place, int depth, CallTrace trace)
    {
        if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
                if (depth == place.Path.Count && list[i] is JsonValue item) list[i] = IdOf(item.GetValue<string>(), place, trace);
                else Replace(list[i], place, depth, trace);
        }
        else if (node is JsonObject members && depth < place.Path.Count && members[place.Path[depth]] is { } inner)
        {
            if (depth == place.Path.Count - 1 && inner is JsonValue value) members[place.Path[depth]] = IdOf(value.GetValue<string>(), place, trace);
            else Replace(inner, place, depth + 1, trace);
        }
    }

    private string IdOf(string given, HandlePlace place, CallTrace trace)
    {
        var handle = place.Handle;
        var id = given.Contains('_', StringComparison.Ordinal) ? Look(given, handle) : IsRecordId(given) ? given : null;
        if (id is null) throw Refused(place);
        trace.Touched(handle.System, id);
        return id;
    }

    private string? Look(string given, HandleAttribute handle)
    {
        if (!sources.TryGetValue(handle.System, out var source)) return null;
        var kind = handle.Kind == "*" ? given[..given.IndexOf('_', StringComparison.Ordinal)].ToLowerInvariant() : handle.Kind;
        return vault.Resolve(given, kind, source.Namespace).Value;
    }

    private static CallFailureException Refused(HandlePlace place)
    {
        var kind = place.Handle.Kind == "*" ? "a handle" : $"a {place.Handle.Kind}_ handle";
        return new CallFailureException(
            FailureCodes.UnknownHandle,
            $"{string.Join('.', place.Path)} must be {kind} that this server gave for that system: search again and use a handle from the answer.")
        {
            Argument = string.Join('.', place.Path),
        };
    }

    // Dots alone would be folded away in a path.
    private static bool IsRecordId(string given) => RecordId().IsMatch(given) && given.Trim('.').Length > 0;

    // FHIR's id type; UUIDs are part of it. It has no underscore, which every handle has.
    [GeneratedRegex(@"\A[A-Za-z0-9\-.]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RecordId();

    private sealed record HandlePlace(IReadOnlyList<string> Path, HandleAttribute Handle);
}
