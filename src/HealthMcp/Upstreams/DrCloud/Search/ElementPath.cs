using System.Text.Json;
using System.Text.RegularExpressions;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// Where a search parameter's values stand in a resource, as the generated table writes it: property names with dots, each perhaps
/// with <c>(Type)</c> for references to that type or <c>[name=value]</c> for members that have it; the datatype follows a colon.
/// </summary>
internal sealed partial record ElementPath(IReadOnlyList<PathStep> Steps, string Datatype)
{
    public static ElementPath Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return new ElementPath([.. text[..colon].Split('.').Select(Step)], text[(colon + 1)..]);
    }

    /// <summary>Every value at the path; arrays are stepped through, nulls left out.</summary>
    public IEnumerable<JsonElement> Values(JsonElement resource) => Walk(resource, 0);

    private IEnumerable<JsonElement> Walk(JsonElement at, int depth)
    {
        if (at.ValueKind == JsonValueKind.Array) return at.EnumerateArray().SelectMany(item => Walk(item, depth));
        if (at.ValueKind == JsonValueKind.Null || (depth > 0 && !Steps[depth - 1].Holds(at))) return [];
        if (depth == Steps.Count) return [at];
        return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(Steps[depth].Name, out var inner) ? Walk(inner, depth + 1) : [];
    }

    private static PathStep Step(string text)
    {
        var match = Form().Match(text);
        return new PathStep(match.Groups["name"].Value, Group(match, "target"), Group(match, "key"), Group(match, "value"));
    }

    private static string? Group(Match match, string name) => match.Groups[name] is { Success: true } group ? group.Value : null;

    [GeneratedRegex(@"^(?<name>\w+)(\((?<target>\w+)\)|\[(?<key>\w+)=(?<value>\w+)\])?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}

/// <summary>One property, and what its value must be to count.</summary>
internal sealed record PathStep(string Name, string? Target, string? Key, string? Value)
{
    public bool Holds(JsonElement value)
    {
        if (Target is not null) return ReferenceTarget.Of(value) is { } target && (target.Type is null || target.Type == Target);
        return Key is null
            || (value.ValueKind == JsonValueKind.Object
                && value.TryGetProperty(Key, out var given)
                && given.ValueKind == JsonValueKind.String
                && given.ValueEquals(Value));
    }
}
