using System.Text.Json;
using System.Text.Json.Nodes;
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
    public ResolvedArguments Resolve(ToolDefinition definition, JsonElement arguments, CallTrace trace)
    {
        var places = ArgumentPlaces<HandleAttribute>.Of(definition.Input);
        if (!places.Any(place => arguments.TryGetProperty(place.Path[0], out _))) return new(arguments, [], []);
        var copy = JsonNode.Parse(arguments.GetRawText())!;
        var resolving = new Resolving(trace);
        foreach (var place in places) Replace(copy, place, 0, resolving);
        return new(JsonElement.Parse(copy.ToJsonString()), [.. resolving.Persons], [.. resolving.Named]);
    }

    private void Replace(JsonNode? node, ArgumentPlace<HandleAttribute> place, int depth, Resolving resolving)
    {
        if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
                if (depth == place.Path.Count && list[i] is JsonValue item) list[i] = IdOf(item.GetValue<string>(), place, resolving);
                else Replace(list[i], place, depth, resolving);
        }
        else if (node is JsonObject members && depth < place.Path.Count && members[place.Path[depth]] is { } inner)
        {
            if (depth == place.Path.Count - 1 && inner is JsonValue value) members[place.Path[depth]] = IdOf(value.GetValue<string>(), place, resolving);
            else Replace(inner, place, depth + 1, resolving);
        }
    }

    private string IdOf(string given, ArgumentPlace<HandleAttribute> place, Resolving resolving)
    {
        var handle = place.Mark;
        if (!sources.TryGetValue(handle.System, out var source)) throw Refused(place);
        var named = given.Contains('_', StringComparison.Ordinal);
        var kind = handle.Kind != "*" ? handle.Kind : named ? given[..given.IndexOf('_', StringComparison.Ordinal)].ToLowerInvariant() : Bare;
        var id = named ? vault.Resolve(given, kind, source.Namespace).Value : IsRecordId(given) ? given : null;
        if (id is null) throw Refused(place);
        resolving.Trace.Touched(handle.System, id, LabelReader.IsPerson(kind));
        if (!LabelReader.IsPerson(kind)) return id;
        var person = new HandleRequest(source.Namespace, kind, id);
        resolving.Persons.Add(person);
        if (named || handle.Kind != "*") resolving.Named.Add(person);
        return id;
    }

    // An id of any kind of record may be a patient's: it is looked up as one, and found only if it is.
    private const string Bare = "pt";

    private static CallFailureException Refused(ArgumentPlace<HandleAttribute> place)
    {
        var kind = place.Mark.Kind == "*" ? "a handle" : $"a {place.Mark.Kind}_ handle";
        return new CallFailureException(
            FailureCodes.UnknownHandle,
            $"{place.Name} must be {kind} that this server gave for that system: search again and use a handle from the answer.")
        {
            Argument = place.Name,
        };
    }

    // Dots alone would be folded away in a path.
    private static bool IsRecordId(string given) => RecordId().IsMatch(given) && given.Trim('.').Length > 0;

    // FHIR's id type; UUIDs are part of it. It has no underscore, which every handle has.
    [GeneratedRegex(@"\A[A-Za-z0-9\-.]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RecordId();

    private sealed record Resolving(CallTrace Trace)
    {
        public HashSet<HandleRequest> Persons { get; } = [];

        public HashSet<HandleRequest> Named { get; } = [];
    }
}

/// <summary>Arguments with record ids in the place of handles.</summary>
/// <param name="Persons">Whom they name, or may name: a bare id of any kind of record may be a person's.</param>
/// <param name="Named">Those of them who are certainly persons.</param>
internal sealed record ResolvedArguments(JsonElement Arguments, IReadOnlyList<HandleRequest> Persons, IReadOnlyList<HandleRequest> Named);
